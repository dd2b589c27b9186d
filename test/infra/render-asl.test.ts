import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { aslFile } from '#infra/paths.ts';
import { renderAsl } from '#infra/render-asl.ts';

const asl = (states: Record<string, unknown>): string => JSON.stringify({ TimeoutSeconds: 60, States: states });
/** As CDKTF writes a reference. */
const arn = ['$', '{aws_lambda_function.x.arn}'].join('');
const rendered = (template: string, values: Record<string, string> = {}, retry?: Parameters<typeof renderAsl>[2]) =>
  JSON.parse(renderAsl(template, values, retry).definition);

describe('renderAsl', () => {
  it('fills placeholders in all strings, and returns the names that it met', () => {
    const template = asl({
      Reserve: { Resource: '{{ReserveHotelFunctionArn}}', Parameters: { Names: ['a-{{TableName}}-b'] } },
    });
    const values = { ReserveHotelFunctionArn: arn, TableName: 'trips', Unused: 'u' };

    expect(rendered(template, values).States.Reserve).toEqual({
      Resource: arn,
      Parameters: { Names: ['a-trips-b'] },
    });
    expect([...renderAsl(template, values).placeholders].sort()).toEqual(['ReserveHotelFunctionArn', 'TableName']);
  });

  it('takes a value as it is, also where it has characters of replacement patterns or of JSON', () => {
    expect(rendered(asl({ A: { Resource: '{{X}}' } }), { X: '$& "quoted" \\ $1' }).States.A.Resource).toBe(
      '$& "quoted" \\ $1',
    );
  });

  it('refuses a placeholder that nothing fills, naming it and those that it knows', () => {
    expect(() => renderAsl(asl({ A: { Resource: '{{TabelName}}' } }), { TableName: 't' })).toThrow(
      'The ASL has placeholders that nothing fills: TabelName. Known: TableName',
    );
    expect(() => renderAsl(asl({ A: { Resource: '{{constructor}}' } }), {})).toThrow(/constructor/);
  });

  it.each(['{{TableName', 'TableName}}', '{{ TableName }}', '{{Table-Name}}'])('refuses the malformed %s', (text) => {
    expect(() => renderAsl(asl({ A: { Resource: text } }), { TableName: 't' })).toThrow(/malformed placeholder/);
  });

  it.each([arn, '%{ if true }'])("refuses Terraform's own template %s", (text) => {
    expect(() => renderAsl(asl({ A: { Comment: text } }), {})).toThrow(/Terraform/);
  });

  it('leaves the braces of intrinsic functions alone', () => {
    const format = "States.Format('FLIGHT#{}{}', $.a, $.b)";

    expect(rendered(asl({ A: { 'Key.$': format } })).States.A['Key.$']).toBe(format);
  });

  it('names the file and the place of what is no JSON', () => {
    expect(() => renderAsl('{\n  "StartAt": "A"\n  "States": {}\n}', {})).toThrow(
      /^statemachine\/booking-saga\.asl\.json is no JSON: .*line 3/,
    );
  });

  it('refuses a machine without a time limit', () => {
    expect(() => renderAsl(JSON.stringify({ States: {} }), {})).toThrow(/TimeoutSeconds/);
  });

  it('brings retries down to the bounds, in nested states too, and never up', () => {
    const Retry = [
      { ErrorEquals: ['A'], IntervalSeconds: 5, MaxDelaySeconds: 60, BackoffRate: 2 },
      { ErrorEquals: ['B'], IntervalSeconds: 1, MaxDelaySeconds: 2 },
      { ErrorEquals: ['C'], MaxAttempts: 3 },
      { ErrorEquals: ['D'], MaxAttempts: 0 },
    ];
    const template = asl({ Each: { Type: 'Map', ItemProcessor: { States: { Inner: { Retry } } } } });

    const inner = rendered(template, {}, { retry: { intervalSeconds: 2, maxDelaySeconds: 3 } }).States.Each
      .ItemProcessor.States.Inner;

    expect(inner.Retry).toEqual([
      { ErrorEquals: ['A'], IntervalSeconds: 2, MaxDelaySeconds: 3, BackoffRate: 2 },
      { ErrorEquals: ['B'], IntervalSeconds: 1, MaxDelaySeconds: 2 },
      { ErrorEquals: ['C'], MaxAttempts: 3, MaxDelaySeconds: 3 },
      { ErrorEquals: ['D'], MaxAttempts: 0 },
    ]);
    expect(rendered(template).States.Each.ItemProcessor.States.Inner.Retry).toEqual(Retry);
  });

  it("keeps the project's own ASL as it is but for the placeholders", () => {
    const template = readFileSync(aslFile, 'utf8');
    const names = [...template.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name as string);
    const values = Object.fromEntries(names.map((name) => [name, `{{${name}}}`]));

    expect(rendered(template, values)).toEqual(JSON.parse(template));
  });
});
