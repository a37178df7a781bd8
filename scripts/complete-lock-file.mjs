// node scripts/complete-lock-file.mjs: after `npm install` from a mirror that lacks packages for other platforms.
// npm then leaves these optional packages out of package-lock.json, and `npm ci` refuses such a file on every platform.
// This adds them by name and version, with the platform that the name tells; npm fetches and checks them where they fit.
import { readFileSync, writeFileSync } from "node:fs";

const file = new URL("../package-lock.json", import.meta.url);
const lock = JSON.parse(readFileSync(file, "utf8"));
const platforms = ["aix", "android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32"];
const processors = ["arm64", "armv7", "arm", "ia32", "loong64", "mips64el", "ppc64", "riscv64", "s390x", "x64", "wasm32"];

let added = 0;
for (const owner of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(owner.optionalDependencies ?? {})) {
    const key = `node_modules/${name}`;
    if (lock.packages[key] !== undefined || !/^\d+\.\d+\.\d+[\w.-]*$/.test(version)) continue;
    const words = name.split(/[/-]/);
    const os = platforms.filter((platform) => words.includes(platform));
    const cpu = processors.filter((processor) => words.includes(processor));
    const libc = words.includes("musl") ? ["musl"] : os.includes("linux") && words.includes("gnu") ? ["glibc"] : [];
    lock.packages[key] = {
      version,
      ...(cpu.length > 0 ? { cpu } : {}),
      ...(owner.dev === true ? { dev: true } : {}),
      ...(libc.length > 0 ? { libc } : {}),
      optional: true,
      ...(os.length > 0 ? { os } : {}),
    };
    added += 1;
  }
}
const sorted = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1));
writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);
console.log(`${added} packages of other platforms added`);
