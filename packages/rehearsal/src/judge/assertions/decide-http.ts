import type { HttpAssertion } from "@rehearse/config";
import type { FactOf } from "../../model/assertion-fact.ts";
import { fails, holds, type Decision } from "./decision.ts";
import { jsonDifference } from "./json-difference.ts";

/** Whether an HTTP answer is what the claim says of it. */
export function decideHttp(
  { status, contains, json }: Pick<HttpAssertion, "status" | "contains" | "json">,
  answer: Pick<FactOf<"http">, "status" | "body">,
): Decision {
  if (answer.status !== status) return fails(`expected status ${status}, got ${answer.status}`);
  if (contains !== undefined && !answer.body.includes(contains)) return fails(`the body does not hold ${JSON.stringify(contains)}`);
  const difference = json === undefined ? null : jsonDifference(json, answer.body);
  return difference === null ? holds : fails(difference);
}
