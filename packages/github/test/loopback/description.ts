import { readFileSync } from "node:fs";
import path from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import formats from "ajv-formats";
import { z } from "zod";

type Schema = Readonly<Record<string, unknown>>;
const schema = z.record(z.string(), z.unknown());
const content = z.object({ "application/json": z.object({ schema }).optional() }).optional();
const parameter = z.object({ name: z.string(), in: z.enum(["path", "query", "header"]), required: z.boolean().optional(), schema });

const operationSchema = z.object({
  parameters: z.array(parameter).default([]),
  requestBody: z.object({ required: z.boolean().optional(), content }).optional(),
  responses: z.record(z.string(), z.object({ content })),
});

/** One operation of GitHub's description, with what it takes and answers. */
export interface Operation {
  /** `GET /user`, with the path as the description has it. */
  readonly name: string;
  /** The names and values in a path, null where the path is another operation's. */
  readonly match: (method: string, path: string) => Record<string, string> | null;
  /** What is wrong with a request or an answer; empty where nothing is. */
  readonly requestProblems: (request: { path: unknown; query: unknown; body: unknown }) => string[];
  readonly answerProblems: (status: number, body: unknown) => string[];
}

/** A part of GitHub's OpenAPI description, made by `scripts/github-openapi.ts`. */
export class Description {
  readonly operations: readonly Operation[];
  readonly #document: Schema;
  readonly #ajv = new Ajv({ strict: false, allErrors: true, coerceTypes: false });

  constructor() {
    const file = path.join(import.meta.dirname, "..", "openapi", "github.json");
    this.#document = schema.parse(JSON.parse(readFileSync(file, "utf8")));
    formats.default(this.#ajv);
    this.#ajv.addFormat("repo.nwo", true);
    this.#ajv.addSchema({ ...asJsonSchema(this.#document), $id: "github" });
    const paths = z.record(z.string(), z.record(z.string(), z.unknown())).parse(this.#document["paths"]);
    this.operations = Object.entries(paths).flatMap(([template, methods]) =>
      Object.entries(methods).map(([method, operation]) => this.#operation(method.toUpperCase(), template, operation)),
    );
  }

  /** The least value that a component allows, its optional parts left out, with some of its properties given. */
  make(component: string, properties: Schema): Schema {
    return { ...schema.parse(this.#least({ $ref: `#/components/schemas/${component}` })), ...properties };
  }

  #operation(method: string, template: string, raw: unknown): Operation {
    const { parameters, requestBody, responses } = operationSchema.parse(this.#resolved(raw));
    const names = [...template.matchAll(/\{(.+?)\}/g)].map((found) => found[1] ?? "");
    const pattern = new RegExp(`^${template.replaceAll(/\{.+?\}/g, "([^/]+)")}$`);
    const group = (where: string) => this.#check(objectOf(parameters.filter((one) => one.in === where)));
    const [inPath, inQuery] = [group("path"), group("query")];
    const body = requestBody?.content?.["application/json"]?.schema;
    const inBody = this.#check(body === undefined ? { not: {} } : { ...this.#follow(body), additionalProperties: false });
    const answers = Object.entries(responses).map(([status, { content: answer }]) => {
      const expected = answer?.["application/json"]?.schema;
      return [Number(status), this.#check(expected ?? { not: {} })] as const;
    });
    const answerOf = new Map(answers);
    return {
      name: `${method} ${template}`,
      match: (asked, at) => {
        const found = asked === method ? pattern.exec(at) : null;
        return found && Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(found[index + 1] ?? "")]));
      },
      requestProblems: (request) => [
        ...inPath("path", numbered(request.path)),
        ...inQuery("query", numbered(request.query)),
        ...(request.body === undefined ? (requestBody?.required === true ? ["there is no body"] : []) : inBody("body", request.body)),
      ],
      answerProblems: (status, answer) => {
        const check = answerOf.get(status);
        if (check === undefined) return status < 400 ? [`${status} is no answer of ${template}`] : [];
        return answer === undefined ? [] : check(`answer ${status}`, answer);
      },
    };
  }

  /** A validator that is compiled when it is first needed: most are not. */
  #check(rules: Schema): (what: string, value: unknown) => string[] {
    let compiled: ValidateFunction | undefined;
    return (what, value) => {
      compiled ??= this.#ajv.compile(asJsonSchema(rules));
      return compiled(value) ? [] : (compiled.errors ?? []).map((error) => `${what}${error.instancePath} ${error.message ?? ""}`);
    };
  }

  /** With the references of the upper levels followed: to parameters and responses, not to schemas. */
  #resolved(node: unknown): unknown {
    if (Array.isArray(node)) return node.map((inner) => this.#resolved(inner));
    const object = schema.safeParse(node);
    if (!object.success) return node;
    const reference = object.data["$ref"];
    if (typeof reference === "string" && !reference.includes("/schemas/")) return this.#resolved(this.#follow(object.data));
    return Object.fromEntries(Object.entries(object.data).map(([key, inner]) => [key, this.#resolved(inner)]));
  }

  #follow(node: Schema): Schema {
    const reference = node["$ref"];
    if (typeof reference !== "string") return node;
    const target = reference
      .split("/")
      .slice(1)
      .reduce<unknown>((at, key) => schema.parse(at)[key], this.#document);
    return this.#follow(schema.parse(target));
  }

  #least(node: unknown): unknown {
    const rules = this.#follow(schema.parse(node));
    const [first] = z.array(schema).parse(rules["allOf"] ?? rules["anyOf"] ?? rules["oneOf"] ?? []);
    if (first !== undefined) return this.#least(first);
    if (rules["nullable"] === true) return null;
    if (Array.isArray(rules["enum"])) return rules["enum"][0];
    if (rules["type"] === "object" || rules["properties"] !== undefined) {
      const properties = schema.parse(rules["properties"] ?? {});
      const required = z.array(z.string()).parse(rules["required"] ?? []);
      return Object.fromEntries(required.map((name) => [name, this.#least(properties[name])]));
    }
    const texts: Readonly<Record<string, string>> = {
      "date-time": "2026-01-01T00:00:00Z",
      uri: "https://github.example/x",
      email: "x@github.example",
    };
    const plain: Readonly<Record<string, unknown>> = {
      string: texts[String(rules["format"])] ?? "x",
      integer: 1,
      boolean: false,
      array: [],
    };
    return plain[String(rules["type"])] ?? null;
  }
}

function objectOf(parameters: readonly z.infer<typeof parameter>[]): Schema {
  return {
    type: "object",
    additionalProperties: false,
    required: parameters.filter(({ required }) => required === true).map(({ name }) => name),
    properties: Object.fromEntries(parameters.map(({ name, schema: rules }) => [name, rules])),
  };
}

/** What stands in an address is text: numbers in it are written in digits. */
function numbered(values: unknown): Record<string, unknown> {
  const texts = Object.entries(z.record(z.string(), z.string()).parse(values));
  return Object.fromEntries(texts.map(([name, text]) => [name, /^\d+$/.test(text) ? Number(text) : text]));
}

/** OpenAPI 3.0 as JSON Schema: references go to the one registered document, and what may be null may be so where values are listed. */
function asJsonSchema(node: Schema): Schema {
  const inner = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inner);
    const object = schema.safeParse(value);
    return object.success ? asJsonSchema(object.data) : value;
  };
  const { enum: values, $ref: reference, ...rest } = node;
  return {
    ...Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, inner(value)])),
    ...(typeof reference === "string" ? { $ref: reference.replace(/^#/, "github#") } : {}),
    ...(Array.isArray(values) ? { enum: node["nullable"] === true ? [...values, null] : values } : {}),
  };
}
