import ts from "typescript";
import type { Fault } from "./fault.ts";
import { mistakesAt } from "./mistakes-at.ts";

/** What is written for readers: another word there is no fault that a test should find. */
const forReaders = /^(hint|what|message|expected|got|summary|title|why|reason|description|label|words?)$/;
const makesWords = /(error|failure|problem|refuse|words|describe)$/i;

/** All faults that can be planted in a file, in the order of their places. */
export function findFaults(file: string, content: string): Fault[] {
  const source = ts.createSourceFile(file, content, ts.ScriptTarget.ESNext, true);
  const faults: Fault[] = [];
  const visit = (node: ts.Node): void => {
    if (isForReaders(node)) return;
    for (const { kind, start, end, replacement } of mistakesAt(node, source)) {
      faults.push({ file, kind, start, end, original: content.slice(start, end), replacement });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return faults;
}

function isForReaders(node: ts.Node): boolean {
  if (ts.isThrowStatement(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node)) return true;
  if (ts.isNewExpression(node) || ts.isCallExpression(node)) return makesWords.test(node.expression.getText());
  return ts.isPropertyAssignment(node) && forReaders.test(node.name.getText());
}
