import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";

const images = ["postgres", "clickhouse", "dynamodb"].map((name) => `rehearse/${name}:test`);
const ready = spawnSync("docker", ["image", "inspect", ...images]).status === 0;

/** Whether tests run that need Docker and the images of `npm run images`: CI has both or fails, elsewhere they are told as skipped. */
export const withDocker = ready || process.env["CI"] === "true";

/** What the `docker` command writes. */
export async function docker(...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)("docker", args, { maxBuffer: 16 * 1024 * 1024 });
  return stdout.trim();
}

/** The container as `docker inspect` shows it. */
export async function inspected(container: string): Promise<InspectedContainer> {
  const [found] = JSON.parse(await docker("container", "inspect", container)) as [InspectedContainer];
  return found;
}

interface InspectedContainer {
  readonly Image: string;
  readonly Config: {
    readonly Image: string;
    readonly Cmd: readonly string[];
    readonly Entrypoint: readonly string[];
    readonly Env: readonly string[];
    readonly Healthcheck: unknown;
    readonly Labels: Readonly<Record<string, string>>;
  };
  readonly HostConfig: {
    readonly Ulimits: readonly unknown[] | null;
    readonly Tmpfs: Readonly<Record<string, string>>;
    readonly PortBindings: Readonly<Record<string, readonly { readonly HostIp: string }[]>>;
    readonly Privileged: boolean;
  };
  readonly Mounts: readonly unknown[];
}
