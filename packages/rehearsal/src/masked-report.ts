import { reportSchema, type Report } from "./model/report.ts";
import { maskSecrets } from "./steps/mask-secrets.ts";

/** Data may hold a secret that a stage wrote there: a report shows none. */
export function maskedReport(report: Report, secrets: readonly string[]): Report {
  return reportSchema.parse(JSON.parse(maskSecrets(JSON.stringify(report), secrets)));
}
