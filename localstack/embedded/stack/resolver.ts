import type { Environment } from '../types.ts';
import { normaliseBlocks } from './blocks.ts';
import { compute } from './computed.ts';
import { dataSources } from './data-sources.ts';
import { evaluate } from './evaluate.ts';
import { type Step, showSteps } from './expression.ts';
import { parseTemplate } from './parse-template.ts';
import { resourceTypes } from './resource-types.ts';
import { StackError } from './stack-error.ts';
import type { Attributes, StackFile } from './stack-file.ts';
import { text } from './text.ts';
import { createTrail } from './trail.ts';

export interface ResolverOptions {
  readonly file: StackFile;
  readonly folder: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Asked late, since the region itself may be a reference. */
  environment(): Environment;
}

export interface Resolver {
  /** Any value of the file with its templates resolved; `place` is where it stands, for messages. */
  value(raw: unknown, place: string): unknown;
  /** One attribute of a resource, written or computed. */
  attribute(type: string, name: string, attribute: string): unknown;
  local(name: string): unknown;
  data(type: string, name: string): Attributes;
  /** Checks a resource's `depends_on`. */
  dependsOn(type: string, name: string): void;
}

/** Arguments that Terraform itself reads; they are no attributes. */
export const META_ARGUMENTS = new Set(['//', 'depends_on', 'lifecycle', 'provider', 'connection', 'provisioner']);

/** Resolves on demand and once each, so the order follows from the references; the trail finds cycles. */
export function createResolver({ file, folder, variables, environment }: ResolverOptions): Resolver {
  const trail = createTrail();
  const scope = { folder, reference };
  const resolver: Resolver = { value, attribute, local, data, dependsOn };

  function value(raw: unknown, place: string): unknown {
    if (typeof raw === 'string') return fromTemplate(raw, place);
    if (Array.isArray(raw)) return raw.map((item, index) => value(item, `${place}[${index}]`));
    if (typeof raw !== 'object' || raw === null) return raw;
    const entries = Object.entries(raw).map(([key, inner]) => [
      fromTemplate(key, place),
      value(inner, `${place}.${key}`),
    ]);
    return Object.fromEntries(entries);
  }

  function fromTemplate(source: string, place: string): unknown {
    if (!source.includes('{')) return source;
    try {
      return evaluate(parseTemplate(source), scope);
    } catch (error) {
      if (!(error instanceof StackError) || error.place !== undefined) throw error;
      const shown = source.length > 200 ? `${source.slice(0, 200)}…` : source;
      throw new StackError(`${error.message} (in \`${shown}\`)`, { place, cause: error });
    }
  }

  function attribute(type: string, name: string, wanted: string): unknown {
    const address = `${type}.${name}`;
    return trail.visit(address, `${address}.${wanted}`, () => {
      const written = file.resource[type]?.[name]?.[wanted];
      if (written !== undefined && written !== null && !META_ARGUMENTS.has(wanted)) {
        return normaliseBlocks(type, wanted, value(written, `${address}.${wanted}`));
      }
      const computed = resourceTypes[type]?.[wanted];
      if (computed !== undefined) return compute(computed, computedContext(type, name));
      const known = new Set([
        ...Object.keys(file.resource[type]?.[name] ?? {}),
        ...Object.keys(resourceTypes[type] ?? {}),
      ]);
      const names = [...known].filter((each) => !META_ARGUMENTS.has(each)).sort();
      throw new StackError(
        `unknown reference "${address}.${wanted}": attributes of ${address} are ${names.join(', ')}`,
      );
    });
  }

  function computedContext(type: string, name: string) {
    const get = (wanted: string) => text(attribute(type, name, wanted));
    const written = file.resource[type]?.[name] ?? {};
    const optional = (wanted: string) =>
      written[wanted] === undefined || written[wanted] === null ? undefined : get(wanted);
    return { ...environment(), address: `${type}.${name}`, get, optional };
  }

  function local(name: string): unknown {
    const raw = file.locals[name];
    if (raw === undefined) throw unknown(`local.${name}`, Object.keys(file.locals));
    return trail.visit(`local.${name}`, `local.${name}`, () => value(raw, `local.${name}`));
  }

  function variable(name: string): unknown {
    const declared = file.variable[name];
    if (!declared) throw unknown(`var.${name}`, Object.keys(file.variable));
    const given = variables[name] ?? declared.default;
    if (given === undefined) throw new StackError(`variable "${name}" has no default and no value was given for it`);
    return given;
  }

  function data(type: string, name: string): Attributes {
    const address = `data.${type}.${name}`;
    const raw = file.data[type]?.[name];
    if (!raw)
      throw unknown(
        address,
        Object.keys(file.data[type] ?? {}).map((each) => `data.${type}.${each}`),
      );
    return trail.visit(address, address, () => {
      const read = dataSources[type];
      if (!read)
        throw new StackError(
          `data source ${type} is not supported; supported are ${Object.keys(dataSources).join(', ')}`,
        );
      const written = Object.entries(raw).filter(([key]) => !META_ARGUMENTS.has(key));
      return read(value(Object.fromEntries(written), address) as Attributes, environment());
    });
  }

  function dependsOn(type: string, name: string): void {
    const address = `${type}.${name}`;
    for (const entry of [file.resource[type]?.[name]?.depends_on ?? []].flat()) {
      const [first = '', second = '', third = ''] = String(entry).split('.');
      const exists = first === 'data' ? file.data[second]?.[third] : file.resource[first]?.[second];
      if (!exists) throw new StackError(`unknown reference "${entry}"`, { place: `${address}.depends_on` });
      trail.follows(address, String(entry));
    }
  }

  function reference(root: string, steps: readonly Step[]): { value: unknown; used: number } {
    const name = (position: number) => {
      const step = steps[position];
      return step?.kind === 'attribute' ? step.name : unknownRoot(root, steps);
    };
    if (root === 'local') return { value: local(name(0)), used: 1 };
    if (root === 'var') return { value: variable(name(0)), used: 1 };
    if (root === 'data') return { value: data(name(0), name(1)), used: 2 };
    if (root === 'path' && (name(0) === 'module' || name(0) === 'root')) return { value: '.', used: 1 };
    if (root === 'terraform' && name(0) === 'workspace') return { value: 'default', used: 1 };
    if (!file.resource[root]?.[name(0)]) return unknownRoot(root, steps);
    const address = `${root}.${name(0)}`;
    if (trail.owner() === address)
      throw new StackError(`cycle: ${address} refers to itself by "${root}${showSteps(steps)}"`);
    if (steps.length === 1)
      throw new StackError(`"${root}${showSteps(steps)}" is a whole resource; refer to one attribute of it`);
    return { value: attribute(root, name(0), name(1)), used: 2 };
  }

  function unknownRoot(root: string, steps: readonly Step[]): never {
    const resources = Object.keys(file.resource[root] ?? {}).map((name) => `${root}.${name}`);
    throw unknown(`${root}${showSteps(steps)}`, resources);
  }

  return resolver;
}

function unknown(reference: string, known: readonly string[]): StackError {
  const hint = known.length > 0 ? `the stack has ${known.join(', ')}` : 'the stack has nothing of that kind';
  return new StackError(`unknown reference "${reference}": ${hint}`);
}
