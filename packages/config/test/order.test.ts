import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { orderSteps } from "../src/index.ts";

/** Stages as `name: needs`, seeds as `name: after`, in the order of the file. */
function order(stages: Record<string, readonly string[]>, seeds: Record<string, readonly string[]> = {}): string {
  const ordering = orderSteps({
    stages: Object.entries(stages).map(([name, needs]) => ({ name, needs })),
    seeds: Object.entries(seeds).map(([name, after]) => ({ name, after })),
  });
  return "order" in ordering ? names(ordering.order) : `circle: ${names(ordering.cycle)}`;
}

function names(steps: readonly { readonly name: string }[]): string {
  return steps.map(({ name }) => name).join(" ");
}

describe("the order of stages", () => {
  it("is that of the file where nothing is needed", () => {
    expect(order({ b: [], a: [], c: [] })).toBe("b a c");
  });

  it("puts a stage after all that it needs, and no later than that", () => {
    expect(order({ report: ["refresh"], refresh: ["load", "migrate"], load: ["migrate"], migrate: [], other: [] })).toBe(
      "migrate load refresh report other",
    );
  });

  it("names a circle in the direction of needs", () => {
    expect(order({ start: [], a: ["start", "c"], b: ["a"], c: ["b"] })).toBe("circle: a c b");
  });
});

describe("the place of a seed", () => {
  it("is before every stage where it waits for none", () => {
    expect(order({ a: [], b: [] }, { one: [], two: [] })).toBe("one two a b");
  });

  it("is right after the stage it waits for, before those that need that stage directly or through others", () => {
    expect(order({ a: [], b: ["a"], c: ["b"] }, { rows: ["a"] })).toBe("a rows b c");
    expect(order({ a: [], other: [], b: ["a"] }, { rows: ["a"] })).toBe("a rows other b");
  });

  it("is after a stage that needs one it waits for, when it waits for that one too", () => {
    expect(order({ a: [], b: ["a"], c: ["b"] }, { rows: ["a", "b"] })).toBe("a b rows c");
  });

  it("is after all that lies on the way to a stage it waits for", () => {
    expect(order({ a: [], b: ["a"], c: ["b"], d: ["a"] }, { rows: ["a", "c"] })).toBe("a b c rows d");
  });

  it("holds back a stage that needs one of two it waits for until the other has ended", () => {
    expect(order({ a: [], b: ["a"], late: [] }, { rows: ["a", "late"] })).toBe("a late rows b");
  });

  it("keeps the order of the file among seeds for the same moment", () => {
    expect(order({ a: [], b: ["a"] }, { two: ["a"], one: ["a"], first: [] })).toBe("first a two one b");
  });

  it("lies in a circle where two seeds hold back the stages each of them waits for", () => {
    expect(order({ a: [], b: ["c"], c: [], d: ["a"] }, { one: ["a", "b"], two: ["c", "d"] })).toBe("circle: one b two d");
  });
});

it("orders every graph without a circle so that all rules hold, each step once, twice the same", () => {
  const stages = fc
    .integer({ min: 1, max: 8 })
    .chain((count) =>
      fc.tuple(...Array.from({ length: count }, (_, index) => fc.subarray(Array.from({ length: index }, (__, n) => `s${n}`)))),
    );
  const steps = stages.chain((needs) => {
    const nodes = needs.map((list, index) => ({ name: `s${index}`, needs: list }));
    const after = fc.subarray(
      nodes.map(({ name }) => name),
      { maxLength: 1 },
    );
    return fc.record({
      stages: fc.shuffledSubarray(nodes, { minLength: nodes.length }),
      seeds: fc.array(after, { maxLength: 4 }).map((lists) => lists.map((list, index) => ({ name: `seed${index}`, after: list }))),
    });
  });
  fc.assert(
    fc.property(steps, (graph) => {
      const ordering = orderSteps(graph);
      if (!("order" in ordering)) throw new Error("A circle was seen where there is none.");
      const place = (name: string) => ordering.order.findIndex((step) => step.name === name);
      expect(ordering.order).toHaveLength(graph.stages.length + graph.seeds.length);
      expect(new Set(ordering.order).size).toBe(ordering.order.length);
      for (const stage of graph.stages) for (const need of stage.needs) expect(place(need)).toBeLessThan(place(stage.name));
      for (const seed of graph.seeds) {
        for (const after of seed.after) expect(place(after)).toBeLessThan(place(seed.name));
        const followers = graph.stages.filter(({ needs }) => seed.after.length === 0 || seed.after.some((after) => needs.includes(after)));
        for (const stage of followers) expect(place(seed.name)).toBeLessThan(place(stage.name));
      }
      expect(orderSteps(graph)).toEqual(ordering);
    }),
    { seed: 1, numRuns: 500 },
  );
});
