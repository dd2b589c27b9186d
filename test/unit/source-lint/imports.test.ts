import { describe, expect, it } from '@jest/globals';
import { importCycles } from '#infra/source-lint/import-cycles.ts';
import { brokenImports, impureData } from '#infra/source-lint/import-rules.ts';
import type { SourceFile } from '#infra/source-lint/source-files.ts';

/** Files by their imports; a target that is no key is a package. */
const sources = (
  imports: Readonly<Record<string, readonly string[]>>,
  handlers: readonly string[] = [],
): SourceFile[] =>
  Object.entries(imports).map(([file, targets]) => ({
    file,
    imports: targets,
    isComputed: false,
    problems: [],
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
    ['local-cloud.config.ts', 'test/support/trips.ts', 'only tests import tests'],
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
    ['jest.config.mjs', 'test/support/jest/fast-check-seed.mjs'],
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

it('schema/ reaches no package but zod either, by itself or below a leg', () => {
  const files = sources({
    'functions/hotel/leg.ts': ['functions/trip/define-leg.ts'],
    'functions/trip/define-leg.ts': ['schema/message-text.ts'],
    'schema/message-text.ts': ['zod/mini', '@aws-sdk/client-dynamodb'],
  });

  expect(impureData(files)).toEqual([
    expect.stringContaining('schema/message-text.ts reaches @aws-sdk/client-dynamodb: infra/ imports it as data'),
  ]);
});

describe('cycles', () => {
  it('are found at any length, and apart from each other', () => {
    const files = sources({ a: ['b'], b: ['c', 'd'], c: ['a'], d: ['e', 'zod'], e: ['d'], f: ['a'], g: ['g'] });

    expect(importCycles(files).map((cycle) => cycle.join())).toEqual(['d,e', 'a,b,c', 'g']);
  });

  it('are none where a file is reached in two ways, or imports one of a cycle that is known', () => {
    const files = sources({ a: ['b', 'c'], b: ['d'], c: ['d'], d: ['e'], e: ['d'], f: ['e', 'a'] });

    expect(importCycles(files)).toEqual([['d', 'e']]);
  });
});
