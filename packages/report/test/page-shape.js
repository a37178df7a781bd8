// What a page is made of, found out inside the browser without showing it: a function of its HTML.
globalThis.shapeOf = (html) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  const elements = {};
  const active = [];
  for (const element of page.querySelectorAll("*")) {
    const names = element.getAttributeNames();
    const kind = `${element.tagName} ${names.toSorted().join(" ")}`;
    elements[kind] = (elements[kind] ?? 0) + 1;
    const link = element.getAttribute("href");
    if (/^(?:script|img|iframe|object|embed|form|base|link|template|math|input)$/i.test(element.tagName)) active.push(kind);
    if (names.some((name) => name.startsWith("on") || name === "src" || name === "srcdoc")) active.push(kind);
    if (link !== null && !/^#check-\d+$/.test(link)) active.push(`${kind}: ${link}`);
  }
  return { name: page.querySelector("h1 code").textContent, elements, active };
};
