import { existsSync, readFileSync } from "node:fs";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderHtml } from "@rehearse/report";
import { everyKind } from "./every-kind.ts";
import { caseNames, filled, filledWith, hostileStrings, multiplied, sampleReport } from "./sample-reports.ts";

const browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].filter((path) => existsSync(path)).slice(0, 1);
const switches =
  "--no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update --disable-sync --disable-quic";
const shapeScript = readFileSync(new URL("page-shape.js", import.meta.url), "utf8");
const factsScript = readFileSync(new URL("page-facts.js", import.meta.url), "utf8");

/** What `page-facts.js` finds out. */
interface Facts {
  readonly innerWidth: number;
  readonly scrollWidth: number;
  readonly texts: number;
  readonly lowContrast: readonly string[];
  readonly elements: Readonly<Record<string, number>>;
  readonly foreign: readonly string[];
  readonly handlers: readonly string[];
  readonly hit: boolean;
  readonly language: string;
  readonly levels: readonly number[];
  readonly tablesWithoutHead: number;
  readonly unnamed: number;
  readonly anchors: readonly string[];
  readonly astray: number;
  readonly boxes: number;
  readonly boxesThatMeet: number;
  readonly arrowsThroughBoxes: number;
  readonly textsOutOfBoxes: number;
}

/** What `page-shape.js` finds out. */
interface Shape {
  readonly name: string;
  readonly elements: Readonly<Record<string, number>>;
  readonly active: readonly string[];
}

it("has a browser to be looked at with; where there is none, nobody has seen the page", () => {
  if (browsers.length === 0)
    process.stderr.write("\n!!! packages/report: no Chromium here, so the HTML report was NOT looked at (apt-get install chromium)\n\n");
  expect(browsers.length === 1 || process.env["CI"] !== "true").toBe(true);
});

describe.each(browsers)("in %s", (executablePath) => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: switches.split(" ") });
  });
  afterAll(async () => {
    await browser.close();
  });

  interface View {
    readonly width: number;
    readonly colorScheme: "light" | "dark";
  }
  const wide: View = { width: 1280, colorScheme: "light" };

  // A page for each view: to open another costs more than most looks at it.
  const opened = new Map<string, Promise<{ page: Page; requests: string[] }>>();

  async function open({ width, colorScheme }: View): Promise<{ page: Page; requests: string[] }> {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
    const requests: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    page.on("dialog", async (dialog) => {
      requests.push(dialog.message());
      await dialog.dismiss();
    });
    return { page, requests };
  }

  /** Shows HTML as a page that must not ask the network for anything. */
  async function look<Seen>(html: string, view: View, see: (page: Page) => Promise<Seen>): Promise<Seen> {
    const name = JSON.stringify(view);
    const opening = opened.get(name) ?? open(view);
    opened.set(name, opening);
    const { page, requests } = await opening;
    // Nothing that a report has done to its window is there for the next.
    await page.goto("about:blank");
    requests.length = 0;
    await page.setContent(html);
    const seen = await see(page);
    expect(requests).toEqual([]);
    return seen;
  }

  /** The facts of a page with everything unfolded. */
  async function facts(html: string, view: View): Promise<Facts> {
    return look(html, view, async (page) => {
      await page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true");
      return page.evaluate<Facts>(factsScript);
    });
  }

  describe.each([400, 1280].flatMap((width) => (["light", "dark"] as const).map((colorScheme) => ({ width, colorScheme }))))(
    "at $width pixels, $colorScheme",
    (view) => {
      it("shows the verdict, where it starts and a changed cell without a click", async () => {
        await look(renderHtml(sampleReport("different")), view, async (page) => {
          const cell = page.locator("ins", { hasText: "2,408" }).first();
          const parts = [
            page.getByRole("heading", { level: 1, name: "Different. It starts in refresh." }),
            page.locator("svg .starts .title", { hasText: "refresh" }),
            cell,
          ];
          for (const part of parts) {
            await part.scrollIntoViewIfNeeded();
            expect(await part.isVisible()).toBe(true);
          }
          const place = await cell.boundingBox();
          expect((place?.x ?? Infinity) + (place?.width ?? 0)).toBeLessThanOrEqual(view.width);
        });
      });

      it.each(caseNames)("keeps %s within its width, every text readable, every box of the pipeline apart", async (name) => {
        const seen = await facts(renderHtml(sampleReport(name)), view);
        expect(seen.scrollWidth).toBeLessThanOrEqual(seen.innerWidth);
        expect(seen.texts).toBeGreaterThan(40);
        expect(seen.boxes).toBe(sampleReport(name).stages.length);
        expect(seen).toMatchObject({
          lowContrast: [],
          foreign: [],
          handlers: [],
          boxesThatMeet: 0,
          arrowsThroughBoxes: 0,
          textsOutOfBoxes: 0,
        });
      });
    },
  );

  it("would find text that is hard to read", async () => {
    const html =
      '<body style="background:#fff"><p style="color:#777">4.48</p><p style="color:#767676">4.54</p><p style="opacity:.5">half</p></body>';
    expect((await facts(html, wide)).lowContrast).toEqual(["4.48 P : 4.48", "3.98 P : half"]);
  });

  it("would find what a page runs or asks for, and forgets it with the page", async () => {
    expect(await facts("<body onload='window.hit=1'></body>", wide)).toMatchObject({ hit: true, handlers: ["onload"] });
    expect(await facts("<body></body>", wide)).toMatchObject({ hit: false, handlers: [] });
    await expect(look("<script>alert('asked')</script>", wide, async (page) => page.title())).rejects.toThrow("asked");
    expect(await look("<title>next</title>", wide, async (page) => page.title())).toBe("next");
  });

  it("is made of nothing but its own elements, whatever the data is", async () => {
    const payloads = [
      `<script>window.hit=1</script><img src=x onerror="window.hit=1">`,
      `"'><svg/onload=window.hit=1><a href=javascript:window.hit=1>`,
      "</style></title></pre></textarea><iframe srcdoc=x>",
      "&lt;b&gt;<b>",
    ];
    for (const payload of payloads) {
      const html = renderHtml(filledWith("different", payload));
      expect(await look(html, wide, async (page) => page.locator("h1 code").textContent())).toBe(payload);
      const seen = await facts(html, wide);
      expect(seen).toMatchObject({ hit: false, handlers: [], foreign: [] });
      const plain = await facts(renderHtml(filledWith("different", "x".repeat(payload.length))), wide);
      expect(seen.elements).toEqual(plain.elements);
    }
  });

  it(`is made of nothing but its own elements with each of ${String(hostileStrings.length)} hostile strings in every place`, async () => {
    await look("<title>reader</title>", wide, async (page) => {
      await page.evaluate(shapeScript);
      const shape = async (text: string): Promise<Shape> => {
        return page.evaluate<Shape>(`shapeOf(${JSON.stringify(renderHtml(filled(everyKind, () => text)))})`);
      };
      const plainShapes = new Map<number, Shape>();
      for (const text of hostileStrings) {
        const seen = await shape(text);
        expect(seen.active, text).toEqual([]);
        // What is blank is left out: fewer elements, none of them new.
        if (text.trim() === "") continue;
        const { length } = seen.name;
        const plain = plainShapes.get(length) ?? (await shape("x".repeat(length)));
        plainShapes.set(length, plain);
        expect(seen.elements, text).toEqual(plain.elements);
      }
    });
  });

  it("asks for nothing and runs nothing when hostile strings stand in all places at once", async () => {
    for (const turn of [0, 1, 2, 3]) {
      const html = renderHtml(filled(everyKind, (position) => hostileStrings[(position + turn * 61) % hostileStrings.length] ?? ""));
      expect(await facts(html, wide)).toMatchObject({ hit: false, handlers: [], foreign: [], astray: 0 });
    }
  });

  it("can be read by ear: language, title, headings in order, heads of tables, names of what scrolls, anchors that lead somewhere", async () => {
    const html = renderHtml(sampleReport("different"));
    const seen = await facts(html, wide);
    expect(seen).toMatchObject({
      language: "en",
      unnamed: 0,
      tablesWithoutHead: 0,
      astray: 0,
      anchors: ["#check-1", "#check-2", "#check-3"],
    });
    expect(seen.levels.filter((level) => level === 1)).toHaveLength(1);
    expect(seen.levels.every((level, index) => level <= (seen.levels[index - 1] ?? 0) + 1)).toBe(true);
    await look(html, wide, async (page) => {
      expect(await page.title()).toBe("Rehearsal: segment-membership: different");
      expect(await page.getByRole("img").getAttribute("aria-label")).toContain(
        "refresh ✗ starts here, writes core.segment_membership_count ✗ ~3",
      );
    });
  });

  it("breaks no key, keeps points below each other, and folds what follows from another difference", async () => {
    await look(renderHtml(sampleReport("downstream")), { width: 400, colorScheme: "light" }, async (page) => {
      const left = async (text: string): Promise<number> => {
        const box = await page.locator("ins", { hasText: text }).first().boundingBox();
        return Math.round(box?.x ?? 0);
      };
      expect(await left("11.55")).toBe(await left("33.275"));
      const key = await page.getByRole("cell", { name: "2026-03-01-0007" }).boundingBox();
      expect(key?.height ?? Infinity).toBeLessThan(40);
      expect(await page.locator("details.check[open] h3").allTextContents()).toEqual(["db.paid"]);
    });
  });

  it("opens the first differences and folds the rest", async () => {
    await look(renderHtml(multiplied("different", 30)), wide, async (page) => {
      expect(await page.locator("details.check[open]").count()).toBe(8);
      expect(await page.locator("details.check:not([open])").count()).toBe(83);
    });
  });
});
