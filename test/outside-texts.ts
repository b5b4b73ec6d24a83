import { parseAst } from "vitest/node";

/** Attributes whose value somebody reads or hears. */
const shown = new Set([
  ...["title", "label", "aria-label", "aria-description", "aria-roledescription", "aria-valuetext"],
  ...["placeholder", "alt", "description", "legend", "text", "error", "emptyText", "nothingFoundMessage"],
]);

interface Node {
  type: string;
  [name: string]: unknown;
}

/**
 * Words that a file of the screens draws by itself instead of from a catalogue: between tags, as an expression between
 * them, and in attributes that are shown. What comes out of a variable or a function is not looked into.
 */
export function outsideTexts(source: string): string[] {
  const found: string[] = [];
  // The parser's tree is read by the names of its parts alone.
  visit(parseAst(source, { lang: "tsx" }) as unknown as Node, (node) => {
    if (node.type === "JSXText") take(node.value);
    if (node.type === "JSXElement" || node.type === "JSXFragment")
      for (const child of nodesIn(node.children))
        if (child.type === "JSXExpressionContainer") literals(child.expression);
    if (node.type === "JSXAttribute" && shown.has(nameOf(node.name))) {
      const [value] = nodesIn(node.value);
      literals(value?.type === "JSXExpressionContainer" ? value.expression : value);
    }
  });
  return found;

  function take(value: unknown) {
    if (typeof value === "string" && /\p{L}/u.test(value)) found.push(value.trim());
  }
  /** The texts an expression may come to: of a condition, either. */
  function literals(value: unknown) {
    const [node] = nodesIn(value);
    if (!node) return;
    if (node.type === "Literal") take(node.value);
    if (node.type === "TemplateLiteral") for (const text of fixedIn(node)) take(text);
    if (node.type === "ConditionalExpression") [node.consequent, node.alternate].forEach(literals);
    if (node.type === "LogicalExpression") [node.left, node.right].forEach(literals);
  }
}

function visit(node: Node, look: (node: Node) => void): void {
  look(node);
  for (const value of Object.values(node)) for (const child of nodesIn(value)) visit(child, look);
}

/** The nodes in a part of the tree: itself, or those of a list. */
function nodesIn(value: unknown): Node[] {
  return (Array.isArray(value) ? value : [value]).filter(isNode);
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

function nameOf(value: unknown): string {
  const [node] = nodesIn(value);
  return typeof node?.name === "string" ? node.name : "";
}

/** The fixed texts of a template; its parts carry no type of their own. */
function fixedIn(node: Node): unknown[] {
  return (Array.isArray(node.quasis) ? node.quasis : []).map(
    (part: { value?: { cooked?: unknown } }) => part.value?.cooked,
  );
}
