import { readFile } from "node:fs/promises";
import { RehearseError } from "@rehearse/errors";
import { parse } from "yaml";
import { z } from "zod";

/** What we use of the Compose file format; see its specification. Anything else would be ignored, and so is refused. */
const definitionSchema = z.strictObject({
  image: z.string(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  /** Of those who start the file by hand: see `containerPlan`. */
  healthcheck: z.unknown().optional(),
  tmpfs: z.array(z.string()).default([]),
  ports: z.array(z.string().regex(/^127\.0\.0\.1::\d+$/)),
});

/** How one container is to be: a service of a compose file. */
export type ContainerDefinition = z.infer<typeof definitionSchema>;

export interface ComposeRequest {
  /** Absolute. */
  readonly file: string;
  readonly service: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** Reads one service of a compose file with its variables filled in. CONFIG_INVALID, with all that is wrong with it. */
export async function composeService(request: ComposeRequest): Promise<ContainerDefinition> {
  const { file, service } = request;
  const text = await readFile(file, "utf8");
  const schema = z.strictObject({ services: z.strictObject({ [service]: definitionSchema }) });
  const parsed = schema.safeParse(parse(text, (_, value: unknown) => (typeof value === "string" ? filledIn(value, request) : value)));
  const definition = parsed.data?.services[service];
  if (definition !== undefined) return definition;
  throw unusable(request, parsed.error?.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; ") ?? "no such service");
}

function unusable({ file, service }: ComposeRequest, got: string): RehearseError {
  return new RehearseError({
    code: "CONFIG_INVALID",
    message: `The container's definition ${file} cannot be used.`,
    expected: `the one service ${service}, with image, command, environment, healthcheck, tmpfs and ports as "127.0.0.1::<port>"; variables as \${NAME:-default}`,
    got,
    hint: "Compare it with the file as it was published.",
  });
}

/** `${NAME:-default}`, as Compose fills it in: the default also where the variable is empty. Its other forms are not ours: CONFIG_INVALID. */
function filledIn(text: string, request: ComposeRequest): string {
  return text.replaceAll(/\$(?:\{([A-Z][A-Z0-9_]*):-([^}$]*)\})?/g, (_, name?: string, otherwise?: string) => {
    if (name !== undefined && otherwise !== undefined) return request.variables[name] || otherwise;
    throw unusable(request, `a value that uses $ in another way: ${text}`);
  });
}
