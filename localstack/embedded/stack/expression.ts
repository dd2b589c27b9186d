/** Syntax tree of a Terraform expression, as far as synthesized files use the language. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'template'; readonly parts: readonly Expression[] }
  | { readonly kind: 'reference'; readonly root: string; readonly steps: readonly Step[] }
  | { readonly kind: 'access'; readonly object: Expression; readonly steps: readonly Step[] }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[]; readonly spread: boolean }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [key: Expression, value: Expression])[] }
  | {
      readonly kind: 'conditional';
      readonly test: Expression;
      readonly then: Expression;
      readonly otherwise: Expression;
    }
  | { readonly kind: 'unary'; readonly operator: '!' | '-'; readonly operand: Expression }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression };

/** One step into a value: `.name`, `[index]`, or `[*]` / `.*` (every element of a list). */
export type Step =
  | { readonly kind: 'attribute'; readonly name: string }
  | { readonly kind: 'index'; readonly index: Expression }
  | { readonly kind: 'splat' };

/** `.a[0].b`, for messages. */
export function showSteps(steps: readonly Step[]): string {
  return steps
    .map((step) => {
      if (step.kind === 'attribute') return `.${step.name}`;
      if (step.kind === 'splat') return '[*]';
      return step.index.kind === 'literal' ? `[${JSON.stringify(step.index.value)}]` : '[…]';
    })
    .join('');
}
