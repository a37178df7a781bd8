import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Program } from "@rehearse/config";
import { cleanEnvironment, runProgram, type Finished } from "@rehearse/process";
import { folderName } from "../store/scenario-folders.ts";
import { maskSecrets } from "./mask-secrets.ts";
import { resolveEnvironment } from "./resolve-environment.ts";
import type { StepContext } from "./step-context.ts";
