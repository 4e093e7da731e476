/**
 * Step Functions gives an expression nothing to stand on: `total`, `$` and `$$` name nothing outside a path such as
 * `$states.input.lines[price > 5]`, where they stand for what the path has come to.
 */
import type { ExprNode } from 'jsonata';

const isNode = (value: unknown): value is ExprNode =>
  typeof value === 'object' && value !== null && 'type' in value;

/** Where a part begins at what a node yields, or at whatever is handed to it later. */
const FURTHER_IN = new Set(['predicate', 'stages', 'group', 'steps']);

/** What stands on the whole input as well: arguments, both sides of an operator, members of a list or an object. */
const besides = (node: ExprNode): ExprNode[] => {
  const type: string = node.type;
  if (type === 'transform') return [];
  const parts = Object.entries(node).filter(([field]) => !FURTHER_IN.has(field));
  return [(node.steps ?? []).slice(0, 1), parts.map(([, part]) => part)].flat(4).filter(isNode);
};

const nameOf = (node: ExprNode): string | undefined => {
  if (node.type === 'name') return `'${node.value}'`;
  if (node.type === 'wildcard' || node.type === 'descendant') return String(node.value);
  return node.type === 'variable' && (node.value === '' || node.value === '$') ? `$${node.value}` : undefined;
};

/** The first field name or `$` at the top level of an expression. */
export const looseName = (node: ExprNode): string | undefined => {
  const own = nameOf(node);
  if (own !== undefined) return own;
  for (const part of besides(node)) {
    const found = looseName(part);
    if (found !== undefined) return found;
  }
  return undefined;
};
