/** Reads metric math, as far as dashboards and alarms of one machine may use it. */

const OPERATORS = ['<=', '>=', '==', '!=', '<', '>', '+', '-', '*', '/'] as const;
export type Operator = (typeof OPERATORS)[number];

/** Each of a list of series, or of the points of one. */
const FOLDS = ['MAX', 'MIN', 'SUM', 'AVG'] as const;
export type Fold = (typeof FOLDS)[number];

export type MathNode =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'negative'; readonly of: MathNode }
  | {
      readonly kind: 'binary';
      readonly operator: Operator;
      readonly left: MathNode;
      readonly right: MathNode;
    }
  | { readonly kind: 'fill'; readonly of: MathNode; readonly with: number | 'REPEAT' }
  | { readonly kind: 'if'; readonly condition: MathNode; readonly then: MathNode; readonly else: MathNode }
  /** Point by point over several series. */
  | { readonly kind: 'foldAcross'; readonly fold: Fold; readonly of: readonly MathNode[] }
  /** Over all points of one series: a number. */
  | { readonly kind: 'foldAlong'; readonly fold: Fold; readonly of: MathNode };

const SUPPORTED =
  'Supported: numbers, ids, + - * / ( ), < <= > >= == !=, FILL(m, 0), FILL(m, REPEAT), IF(c, a, b), and MAX, MIN, SUM, AVG of a series or of [a, b, ...].';

export class MathError extends Error {
  override readonly name = 'MathError';
}

type Token = { readonly text: string; readonly at: number };

const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|([A-Za-z_]\w*)|(<=|>=|==|!=|[-+*/()<>[\],]))/y;

const refuse = (expression: string, at: number, reason: string): never => {
  throw new MathError(`"${expression}", character ${at + 1}: ${reason} ${SUPPORTED}`);
};

const tokensOf = (expression: string): Token[] => {
  const tokens: Token[] = [];
  const pattern = new RegExp(TOKEN);
  const end = expression.trimEnd().length;
  while (pattern.lastIndex < end) {
    const from = pattern.lastIndex;
    const found = pattern.exec(expression);
    const text = found?.[1] ?? found?.[2] ?? found?.[3];
    if (text === undefined) return refuse(expression, from, 'this cannot be read.');
    tokens.push({ text, at: pattern.lastIndex - text.length });
  }
  return tokens;
};

/** From the loosest to the tightest. */
const LEVELS: readonly (readonly Operator[])[] = [
  ['<', '<=', '>', '>=', '==', '!='],
  ['+', '-'],
  ['*', '/'],
];

const isNumber = (text: string) => /^\d/.test(text);

class Parser {
  readonly #expression: string;
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(expression: string) {
    this.#expression = expression;
    this.#tokens = tokensOf(expression);
  }

  whole(): MathNode {
    const node = this.#level(0);
    if (this.#peek() !== undefined) this.#refuse(`${this.#peek()} was not expected here.`);
    return node;
  }

  #peek(): string | undefined {
    return this.#tokens[this.#next]?.text;
  }

  #refuse(reason: string): never {
    return refuse(this.#expression, this.#tokens[this.#next]?.at ?? this.#expression.length, reason);
  }

  #take(text: string): void {
    if (this.#peek() !== text) this.#refuse(`${text} was expected here.`);
    this.#next += 1;
  }

  #level(level: number): MathNode {
    const operators = LEVELS[level];
    if (operators === undefined) return this.#unary();
    let left = this.#level(level + 1);
    for (;;) {
      const operator = operators.find((one) => one === this.#peek());
      if (operator === undefined) return left;
      this.#next += 1;
      left = { kind: 'binary', operator, left, right: this.#level(level + 1) };
    }
  }

  #unary(): MathNode {
    if (this.#peek() !== '-') return this.#primary();
    this.#next += 1;
    return { kind: 'negative', of: this.#unary() };
  }

  #primary(): MathNode {
    const text = this.#peek();
    if (text === undefined) return this.#refuse('it ends too early.');
    if (text === '(') {
      this.#take('(');
      const inside = this.#level(0);
      this.#take(')');
      return inside;
    }
    if (isNumber(text)) return { kind: 'number', value: this.#number() };
    if (this.#tokens[this.#next + 1]?.text === '(') return this.#call(text);
    if (!/^[a-z]\w*$/.test(text))
      return this.#refuse(`${text} is not an id (they begin with a small letter).`);
    this.#next += 1;
    return { kind: 'id', id: text };
  }

  #number(): number {
    const sign = this.#peek() === '-' ? -1 : 1;
    if (sign < 0) this.#next += 1;
    const text = this.#peek();
    if (text === undefined || !isNumber(text)) return this.#refuse('a number was expected here.');
    this.#next += 1;
    return sign * Number(text);
  }

  #call(name: string): MathNode {
    const fold = FOLDS.find((one) => one === name);
    if (fold === undefined && name !== 'FILL' && name !== 'IF')
      return this.#refuse(`${name} is not played on one machine.`);
    this.#next += 1;
    this.#take('(');
    const node = fold === undefined ? (name === 'IF' ? this.#if() : this.#fill()) : this.#fold(fold);
    this.#take(')');
    return node;
  }

  #if(): MathNode {
    const condition = this.#level(0);
    this.#take(',');
    const then = this.#level(0);
    this.#take(',');
    return { kind: 'if', condition, then, else: this.#level(0) };
  }

  #fill(): MathNode {
    const of = this.#level(0);
    this.#take(',');
    if (this.#peek() !== 'REPEAT') return { kind: 'fill', of, with: this.#number() };
    this.#take('REPEAT');
    return { kind: 'fill', of, with: 'REPEAT' };
  }

  #fold(fold: Fold): MathNode {
    if (this.#peek() !== '[') return { kind: 'foldAlong', fold, of: this.#level(0) };
    this.#take('[');
    const of = [this.#level(0)];
    while (this.#peek() === ',') {
      this.#take(',');
      of.push(this.#level(0));
    }
    this.#take(']');
    return { kind: 'foldAcross', fold, of };
  }
}

/** @throws MathError that names the place and what there is. */
export const parseMath = (expression: string): MathNode => new Parser(expression).whole();

/** The ids that it speaks of. */
export const idsIn = (node: MathNode): string[] => {
  switch (node.kind) {
    case 'number':
      return [];
    case 'id':
      return [node.id];
    case 'negative':
    case 'fill':
    case 'foldAlong':
      return idsIn(node.of);
    case 'binary':
      return [...idsIn(node.left), ...idsIn(node.right)];
    case 'if':
      return [node.condition, node.then, node.else].flatMap(idsIn);
    case 'foldAcross':
      return node.of.flatMap(idsIn);
  }
};
