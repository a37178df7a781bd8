// What a test wants to know of the page, found out inside the browser: one expression without a name of its own.
(() => {
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));

  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const parsed = new Map();
  const parse = (css) => {
    if (parsed.has(css)) return parsed.get(css);
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = css;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
    parsed.set(css, { rgb: [red, green, blue], alpha: alpha / 255 });
    return parsed.get(css);
  };
  const over = (top, below) => ({ rgb: top.rgb.map((value, index) => value * top.alpha + below.rgb[index] * (1 - top.alpha)), alpha: 1 });
  // Relative luminance and contrast as WCAG 2.2 defines them.
  const luminance = ({ rgb }) => {
    const [red, green, blue] = rgb.map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one, other) => {
    const [light, dark] = [luminance(one), luminance(other)].toSorted((left, right) => right - left);
    return (light + 0.05) / (dark + 0.05);
  };
  // Many texts stand in the same elements: what is found of one is kept.
  const kept = (find) => {
    const known = new Map();
    return (element) => {
      if (!known.has(element)) known.set(element, find(element));
      return known.get(element);
    };
  };
  const behind = kept((element) => {
    // In the drawing a text stands on the box it belongs to.
    const box =
      element instanceof SVGTextElement && !element.classList.contains("badge") ? element.closest(".box").querySelector("rect") : null;
    const own = parse(box === null ? getComputedStyle(element).backgroundColor : getComputedStyle(box).fill);
    if (own.alpha === 1) return own;
    return over(own, element.parentElement === null ? { rgb: [255, 255, 255], alpha: 1 } : behind(element.parentElement));
  });
  const opacity = kept((element) => (element === null ? 1 : Number(getComputedStyle(element).opacity) * opacity(element.parentElement)));

  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    if (node.textContent.trim() === "" || !element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const color = parse(element instanceof SVGElement ? style.fill : style.color);
    const back = behind(element);
    const ratio = contrast(over({ ...color, alpha: color.alpha * opacity(element) }, back), back);
    texts.push({
      ratio,
      text: `${ratio.toFixed(2)} ${element.tagName} ${element.getAttribute("class") ?? ""}: ${node.textContent.trim().slice(0, 40)}`,
    });
  }

  const boxes = all("svg .box").map((group) => ({ group, box: group.querySelector("rect").getBBox() }));
  const within = ({ x, y }, { box }) => x > box.x + 1 && x < box.x + box.width - 1 && y > box.y + 1 && y < box.y + box.height - 1;
  const meet = (one, other) =>
    one.x < other.x + other.width && other.x < one.x + one.width && one.y < other.y + other.height && other.y < one.y + one.height;
  const points = (path) => {
    const length = path.getTotalLength();
    return Array.from({ length: 400 }, (_, step) => path.getPointAtLength((length * step) / 400));
  };

  const elements = {};
  for (const { tagName } of all("*")) elements[tagName] = (elements[tagName] ?? 0) + 1;

  return {
    innerWidth,
    scrollWidth: document.documentElement.scrollWidth,
    texts: texts.length,
    lowContrast: texts.filter(({ ratio }) => ratio < 4.5).map(({ text }) => text),
    elements,
    foreign: all("script,link,img,iframe,object,embed,form,base").map(({ tagName }) => tagName),
    handlers: all("*").flatMap((element) => element.getAttributeNames().filter((name) => name.startsWith("on") || name === "src")),
    hit: "hit" in window,
    language: document.documentElement.lang,
    levels: all("h1,h2,h3").map(({ tagName }) => Number(tagName.slice(1))),
    tablesWithoutHead: all("table").filter((table) => table.querySelector("th[scope]") === null).length,
    unnamed: all("[role=region],[role=img]").filter((element) => !element.getAttribute("aria-label")).length,
    anchors: all("a").map((anchor) => anchor.getAttribute("href")),
    astray: all("a").filter(
      (anchor) => !anchor.getAttribute("href").startsWith("#") || document.querySelector(anchor.getAttribute("href")) === null,
    ).length,
    boxes: boxes.length,
    boxesThatMeet: boxes.filter(({ box }, index) => boxes.some((other, at) => at > index && meet(box, other.box))).length,
    arrowsThroughBoxes: all("svg .arrow").filter((path) => points(path).some((point) => boxes.some((box) => within(point, box)))).length,
    textsOutOfBoxes: boxes.flatMap(({ group, box }) =>
      all("text:not(.badge)", group).filter((text) => text.getBBox().x + text.getBBox().width > box.x + box.width),
    ).length,
  };
})();
