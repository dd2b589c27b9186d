import { type Expression, type Step, showSteps } from './expression.ts';
import { callFunction } from './functions.ts';
import { parseTemplate } from './parse-template.ts';
import type { Scope } from './scope.ts';
import { StackError } from './stack-error.ts';
import { text } from './text.ts';

/** Value of an expression. Throws StackError; the caller adds the place. */
export function evaluate(expression: Expression, scope: Scope): unknown {
  const value = (inner: Expression) => evaluate(inner, scope);
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'template':
      return expression.parts.map((part) => text(value(part))).join('');
    case 'reference': {
      const { value: found, used } = scope.reference(expression.root, expression.steps);
      return walk(
        found,
        expression.steps.slice(used),
        scope,
        expression.root + showSteps(expression.steps.slice(0, used)),
      );
    }
    case 'access':
      return walk(value(expression.object), expression.steps, scope, 'the value');
    case 'call': {
      if (expression.name === 'try') return firstThatWorks(expression.args, scope);
      const args = expression.args.map(value);
      const last = args.at(-1);
      if (expression.spread && !Array.isArray(last)) throw new StackError(`${expression.name}(…): "..." needs a list`);
      const all = expression.spread ? [...args.slice(0, -1), ...(last as unknown[])] : args;
      return expression.name === 'templatefile'
        ? rendered(all, scope)
        : callFunction(expression.name, all, scope.folder);
    }
    case 'list':
      return expression.items.map(value);
    case 'object':
      return Object.fromEntries(expression.entries.map(([key, entry]) => [text(value(key)), value(entry)]));
    case 'conditional':
      return truth(value(expression.test)) ? value(expression.then) : value(expression.otherwise);
    case 'unary':
      return expression.operator === '!' ? !truth(value(expression.operand)) : -number(value(expression.operand));
    case 'binary':
      return operate(expression.operator, expression.left, expression.right, value);
  }
}

/** A file that is a template, with these variables and no others. */
function rendered([path, variables]: readonly unknown[], { folder }: Scope): unknown {
  return evaluate(parseTemplate(String(callFunction('file', [path], folder))), {
    folder,
    reference(root) {
      const given = variables as Readonly<Record<string, unknown>>;
      if (!Object.hasOwn(given, root)) throw new StackError(`templatefile("${path}"): no variable "${root}" was given`);
      return { value: given[root], used: 0 };
    },
  });
}

function firstThatWorks(args: readonly Expression[], scope: Scope): unknown {
  let failure: unknown = new StackError('try(…) needs arguments');
  for (const argument of args) {
    try {
      return evaluate(argument, scope);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

function walk(start: unknown, steps: readonly Step[], scope: Scope, shown: string): unknown {
  let current = start;
  for (const [position, step] of steps.entries()) {
    const here = shown + showSteps(steps.slice(0, position));
    if (step.kind === 'splat') {
      const list = Array.isArray(current) ? current : current === null ? [] : [current];
      return list.map((each) => walk(each, steps.slice(position + 1), scope, `${here}[*]`));
    }
    const key = step.kind === 'attribute' ? step.name : evaluate(step.index, scope);
    current = member(current, key as string | number, here, showSteps([step]));
  }
  return current;
}

function member(holder: unknown, key: string | number, here: string, step: string): unknown {
  // A block that Terraform knows as a list of one is an object here, so [0] of it is itself.
  if (key === 0 && typeof holder === 'object' && holder !== null && !Array.isArray(holder) && !('0' in holder))
    return holder;
  if (typeof holder === 'object' && holder !== null && Object.hasOwn(holder, key))
    return (holder as Record<string, unknown>)[key];
  throw new StackError(`unknown reference "${here}${step}": ${describe(holder)}`);
}

function describe(holder: unknown): string {
  if (Array.isArray(holder)) return `the list has ${holder.length} elements`;
  if (typeof holder === 'object' && holder !== null)
    return `known are ${Object.keys(holder).join(', ') || 'no attributes'}`;
  return `${JSON.stringify(holder)} has no attributes`;
}

function truth(value: unknown): boolean {
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw new StackError(`a condition must be true or false, got ${JSON.stringify(value)}`);
}

function number(value: unknown): number {
  const result = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof result === 'number' && Number.isFinite(result)) return result;
  throw new StackError(`a number is needed, got ${JSON.stringify(value)}`);
}

function operate(
  operator: string,
  left: Expression,
  right: Expression,
  value: (inner: Expression) => unknown,
): unknown {
  if (operator === '||') return truth(value(left)) || truth(value(right));
  if (operator === '&&') return truth(value(left)) && truth(value(right));
  if (operator === '==' || operator === '!=') {
    const same = JSON.stringify(value(left)) === JSON.stringify(value(right));
    return operator === '==' ? same : !same;
  }
  throw new StackError(`operator ${operator} is not supported: compute the value before the stack is synthesized`);
}
