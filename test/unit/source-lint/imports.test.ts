import { describe, expect, it } from '@jest/globals';
import { projectRoot } from '#infra/paths.ts';
import { importCycles } from '#infra/source-lint/import-cycles.ts';
import { brokenImports, impureData } from '#infra/source-lint/import-rules.ts';
import { readSourceFiles, type SourceFile, sourceFile } from '#infra/source-lint/source-files.ts';

/** Files by their imports; a target that is no key is a package. */
const sources = (
  imports: Readonly<Record<string, readonly string[]>>,
  handlers: readonly string[] = [],
): SourceFile[] =>
  Object.entries(imports).map(([file, targets]) => ({
    file,
    lines: 1,
    imports: targets,
    isHandler: handlers.includes(file),
  }));

describe('an import', () => {
  it.each([
    ['schema/table.ts', 'functions/legs.ts', 'schema/ imports nothing but schema/'],
    ['functions/hotel/reserve.ts', 'infra/config.ts', 'functions/ imports only functions/ and schema/'],
    ['functions/booking/booking.ts', 'functions/api/rest/problem.ts', 'no domain knows the routes'],
    ['functions/shared/http/page.ts', 'functions/api/rest/problem.ts', 'no domain knows the routes'],
    ['infra/booking-stack.ts', 'functions/booking/booking.ts', 'infra/ imports only'],
    ['infra/booking-stack.ts', 'localstack/targets.ts', 'infra/ imports only'],
    ['localstack/trip/draw.ts', 'functions/booking/booking.ts', 'localstack/ imports only'],
    ['localstack/trip/draw.ts', 'infra/booking-stack.ts', 'localstack/ imports only'],
    ['localstack/embedded/cloud.ts', 'schema/table.ts', 'localstack/embedded/ knows nothing of bookings'],
    ['statemachine/tools/lint.ts', 'infra/saga-functions.ts', 'statemachine/ imports only'],
    ['infra/config.ts', 'test/support/trips.ts', 'only tests import tests'],
  ])('of %s may not be %s', (file, target, advice) => {
    expect(brokenImports(sources({ [file]: [target], [target]: [] }))).toContainEqual(
      expect.stringContaining(`${file} imports ${target}: ${advice}`),
    );
  });

  it.each([
    ['functions/hotel/reserve.ts', 'schema/table.ts'],
    ['functions/api/bookings.ts', 'functions/booking/booking.ts'],
    ['infra/booking-stack.ts', 'functions/legs.ts'],
    ['infra/booking-stack.ts', 'functions/hotel/leg.ts'],
    ['localstack/trip/draw.ts', 'functions/trip/demo-trip.ts'],
    ['statemachine/tools/lint.ts', 'functions/legs.ts'],
    ['test/e2e/seats.test.ts', 'functions/api/rest/problem.ts'],
  ])('of %s may be %s', (file, target) => {
    expect(brokenImports(sources({ [file]: [target], [target]: [] }))).toEqual([]);
  });

  it('is never a handler', () => {
    const handler = 'functions/hotel/reserve-hotel.ts';
    const files = sources({ 'functions/rental/reserve-rental.ts': [handler], [handler]: [] }, [handler]);

    expect(brokenImports(files)).toEqual([
      expect.stringContaining(`imports ${handler}: a handler makes its clients at load`),
    ]);
  });
});

describe('data of functions/', () => {
  it('may be described with zod, in files of its own', () => {
    const files = sources({
      'functions/hotel/leg.ts': ['functions/shared/leg-fields.ts', 'schema/table.ts'],
      'functions/shared/leg-fields.ts': ['zod/mini'],
      'schema/table.ts': [],
    });

    expect(impureData(files)).toEqual([]);
  });

  it('reaches no other package, directly or through other files', () => {
    const files = sources({
      'functions/hotel/leg.ts': ['functions/shared/dates.ts'],
      'functions/shared/dates.ts': ['functions/shared/aws/table.ts'],
      'functions/shared/aws/table.ts': ['@aws-sdk/lib-dynamodb'],
    });

    expect(impureData(files)).toEqual([
      expect.stringContaining(
        'functions/hotel/leg.ts reaches @aws-sdk/lib-dynamodb through functions/shared/aws/table.ts through functions/shared/dates.ts:',
      ),
    ]);
  });
});

describe('cycles', () => {
  it('are found at any length, and apart from each other', () => {
    const files = sources({ a: ['b'], b: ['c', 'd'], c: ['a'], d: ['e', 'zod'], e: ['d'], f: ['a'], g: ['g'] });

    expect(importCycles(files).map((cycle) => cycle.join())).toEqual(['d,e', 'a,b,c', 'g']);
  });
});

describe('imports of a file', () => {
  const aliases = new Map([
    ['#schema/*', ['schema/*']],
    ['#payment-provider', ['functions/payment/stripe/provider.ts', 'functions/payment/ledger-provider.ts']],
  ]);
  const importsOf = (text: string) => sourceFile('functions/hotel/a.ts', text, aliases).imports;

  it.each([
    ["import type { B } from './b.ts';", ['functions/hotel/b.ts']],
    ["import {\n  a,\n  type B,\n} from '../shared/b.ts';", ['functions/shared/b.ts']],
    ["export { b } from './b.ts';", ['functions/hotel/b.ts']],
    ["import './b.ts';", ['functions/hotel/b.ts']],
    [`const b = await ${'import'}('./b.ts');`, ['functions/hotel/b.ts']],
    ["import { keys } from '#schema/table.ts';", ['schema/table.ts']],
    [
      "import { paymentGateway } from '#payment-provider';",
      ['functions/payment/stripe/provider.ts', 'functions/payment/ledger-provider.ts'],
    ],
    ["import * as z from 'zod/mini';", ['zod/mini']],
    ["const text = 'import it from here';", []],
    [`import { leg } from '#functions/\${leg}/leg.ts';`, []],
  ])('%j', (text, expected) => {
    expect(importsOf(text)).toEqual(expected);
  });

  it('are read of every file of this repository, to files that are there', () => {
    const files = readSourceFiles(projectRoot);
    const names = new Set(files.map(({ file }) => file));
    const local = files.flatMap(({ imports }) => imports.filter((target) => /^[a-z]+\/.*\.(ts|mjs)$/.test(target)));

    expect(files.length).toBeGreaterThan(500);
    expect(local.length).toBeGreaterThan(2000);
    expect(local.filter((target) => !names.has(target))).toEqual([]);
  });
});
