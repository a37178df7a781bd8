import { globSync, readFileSync, realpathSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

export interface Compiler {
  /** Whether a file compiles with this content, all others being as they are. */
  readonly accepts: (file: string, content: string) => boolean;
}

/** Keeps all files of the repository compiled, so that one with a fault in it is checked in well under a second. Files are named from the root. */
export function openCompiler(root: string, files: readonly string[]): Compiler {
  const { config } = ts.readConfigFile(path.join(root, "tsconfig.json"), (name) => readFileSync(name, "utf8"));
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files }, ts.sys, root);
  // What is declared for the whole program belongs to each file, though none imports it.
  const declarations = globSync("packages/*/src/**/*.d.ts", { cwd: root });
  const names = [...files, ...declarations].map((file) => path.join(root, file));
  const changed = new Map<string, { readonly version: number; readonly content: string }>();
  const host: ts.LanguageServiceHost = {
    fileExists: (name) => ts.sys.fileExists(name),
    readFile: (name) => ts.sys.readFile(name),
    directoryExists: (name) => ts.sys.directoryExists(name),
    getDirectories: (name) => ts.sys.getDirectories(name),
    realpath: (name) => realpathSync(name),
    getCompilationSettings: () => options,
    getScriptFileNames: () => names,
    getScriptVersion: (name) => String(changed.get(name)?.version ?? 0),
    getScriptSnapshot: (name) => {
      const content = changed.get(name)?.content ?? (ts.sys.fileExists(name) ? readFileSync(name, "utf8") : undefined);
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: (chosen) => ts.getDefaultLibFilePath(chosen),
  };
  const service = ts.createLanguageService(host);
  const broken = files.find((file) => service.getSemanticDiagnostics(path.join(root, file)).length > 0);
  if (broken !== undefined) throw new Error(`${broken} does not compile here: no fault would be planted in it`);
  let version = 0;
  return {
    accepts: (file, content) => {
      const name = path.join(root, file);
      version += 1;
      changed.set(name, { version, content });
      const problems = [...service.getSyntacticDiagnostics(name), ...service.getSemanticDiagnostics(name)];
      changed.delete(name);
      return problems.length === 0;
    },
  };
}
