import { linuxProcessTable } from "./linux-process-table.ts";
import type { ProcessTable } from "./process-row.ts";
import { psProcessTable } from "./ps-process-table.ts";

/** The process table of this machine. */
export const processTable: ProcessTable = process.platform === "linux" ? linuxProcessTable : psProcessTable;
