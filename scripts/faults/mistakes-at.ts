import ts from "typescript";
import type { Fault } from "./fault.ts";
import { sqlMistakes } from "./sql-mistakes.ts";

type Mistake = Pick<Fault, "kind" | "start" | "end" | "replacement">;

const swapped: Readonly<Record<string, string>> = {
  "===": "!==",
  "!==": "===",
  "<": "<=",
  "<=": "<",
  ">": ">=",
  ">=": ">",
  "+": "-",
  "-": "+",
  "*": "/",
  "&&": "||",
  "||": "&&",
};
const otherMethods: Readonly<Record<string, string>> = { some: "every", every: "some" };
const leftOut = new Set(["filter", "toSorted", "sort", "reverse", "toReversed", "trim"]);

/** The mistakes that can be made in this very node, not in its children. Some do not compile: the types then notice them, and they are not planted. */
export function mistakesAt(node: ts.Node, source: ts.SourceFile): Mistake[] {
  const at = (place: ts.Node, kind: string, replacement: string): Mistake => ({
    kind,
    start: place.getStart(source),
    end: place.getEnd(),
    replacement,
  });
  const text = (place: ts.Node) => place.getText(source);

  if (ts.isBinaryExpression(node)) {
    const other = swapped[text(node.operatorToken)];
    if (other !== undefined) return [at(node.operatorToken, "operator", other)];
    return node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken ? [at(node, "default always", text(node.right))] : [];
  }
  if (ts.isIfStatement(node)) return [at(node.expression, "condition negated", `!(${text(node.expression)})`)];
  if (ts.isConditionalExpression(node)) return [at(node.condition, "condition negated", `!(${text(node.condition)})`)];
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    return [at(node, "negation left out", text(node.operand))];
  if (node.kind === ts.SyntaxKind.TrueKeyword) return [at(node, "true and false", "false")];
  if (node.kind === ts.SyntaxKind.FalseKeyword) return [at(node, "true and false", "true")];
  if (ts.isNumericLiteral(node)) return [at(node, "off by one", `${text(node)} + 1`)].map(inParentheses);
  if (ts.isBigIntLiteral(node)) return [at(node, "off by one", `${text(node)} + 1n`)].map(inParentheses);
  if (ts.isReturnStatement(node) && node.expression !== undefined) return emptied(node.expression);
  if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) return emptied(node.body);
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    const { expression, name } = node.expression;
    const other = otherMethods[name.text];
    if (other !== undefined) return [at(name, "some and every", other)];
    return leftOut.has(name.text) ? [at(node, `${name.text} left out`, text(expression))] : [];
  }
  if (ts.isAwaitExpression(node) && ts.isExpressionStatement(node.parent))
    return [at(node, "await left out", `void ${text(node.expression)}`)];
  if (ts.isExpressionStatement(node) && ts.isCallExpression(node.expression)) return [at(node, "call left out", ";")];
  if (isLiteralText(node)) {
    const begin = node.getStart(source);
    return sqlMistakes(text(node)).map(({ start, end, replacement }) => ({
      kind: "SQL",
      start: begin + start,
      end: begin + end,
      replacement,
    }));
  }
  return [];

  function emptied(value: ts.Expression): Mistake[] {
    const list =
      (ts.isArrayLiteralExpression(value) && value.elements.length > 0) ||
      (ts.isCallExpression(value) && ts.isPropertyAccessExpression(value.expression) && /^(map|flatMap)$/.test(value.expression.name.text));
    return list ? [at(value, "list emptied", "[]")] : [];
  }
}

function inParentheses(mistake: Mistake): Mistake {
  return { ...mistake, replacement: `(${mistake.replacement})` };
}

function isLiteralText(node: ts.Node): boolean {
  return (
    ts.isStringLiteral(node) ||
    ts.isNoSubstitutionTemplateLiteral(node) ||
    ts.isTemplateHead(node) ||
    ts.isTemplateMiddleOrTemplateTail(node)
  );
}
