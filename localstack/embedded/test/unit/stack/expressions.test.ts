// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Terraform's templates are what these tests are about.
import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { evaluated } from './a-stack.ts';

describe('templates', () => {
  it.each<[string, unknown]>([
    ['plain text', 'plain text'],
    ['${aws_dynamodb_table.t.name}', 'parcels'],
    ['a-${var.stage}-${aws_dynamodb_table.t.name}-z', 'a-local-parcels-z'],
    ['${"a-${var.stage}"}', 'a-local'],
    ['$${not} %%{a} $5 100%', '${not} %{a} $5 100%'],
    ['back\\slash stays', 'back\\slash stays'],
    ['${"line\\n\\"quoted\\" \\u00e9"}', 'line\n"quoted" é'],
    ['{"json":"${var.stage}"}', '{"json":"local"}'],
    ['${var.count}', 3],
    ['n=${var.count}', 'n=3'],
    ['${var.flag}', true],
    ['${ var.stage /* why */ }', 'local'],
    ['$.path and $.a[?(@.b)]', '$.path and $.a[?(@.b)]'],
  ])('%s', (template, value) => {
    expect(evaluated(template)).toEqual(value);
  });

  it('resolves inside lists and objects, keys included', () => {
    expect(evaluated({ '${var.stage}': ['${var.count}', { a: '${local.tags}' }] })).toEqual({
      local: [3, { a: { team: 'travel' } }],
    });
  });
});

describe('expressions', () => {
  it.each<[string, unknown]>([
    ['var.list[1]', 'b'],
    ['var.list.2', 'c'],
    ['local.tags["team"]', 'travel'],
    ['aws_dynamodb_table.t.ttl[0].enabled', true],
    ['[for_me.x]', undefined],
    ['var.flag ? "yes" : "no"', 'yes'],
    ['var.count != 2 && !(var.stage == "prod") ? [1, -2,] : []', [1, -2]],
    ['{ a = 1, "b-c" = var.stage, (var.stage) = null }', { a: 1, 'b-c': 'local', local: null }],
    ['{\n a = 1\n b: 2\n}', { a: 1, b: 2 }],
    ['(false || true) && true', true],
    ['[{ id = "x" }, { id = "y" }][*].id', ['x', 'y']],
    ['[{ id = "x" }].*.id', ['x']],
    ['data.aws_region.none.name', undefined],
  ])('%s', (expression, value) => {
    const run = () => evaluated(`\${${expression}}`);
    if (value === undefined) expect(run).toThrow(/unknown reference/);
    else expect(run()).toEqual(value);
  });
});

describe('functions', () => {
  it.each<[string, unknown]>([
    ['jsonencode({ b = [1, true, null], a = "<${var.stage}>" })', '{"a":"\\u003clocal\\u003e","b":[1,true,null]}'],
    ['jsondecode("{\\"a\\":[1]}").a[0]', 1],
    ['element(var.list, 4)', 'b'],
    ['length(var.list)', 3],
    ['length("four")', 4],
    ['join("-", concat(var.list, ["d"]))', 'a-b-c-d'],
    ['split(",", "a,b")', ['a', 'b']],
    ['lookup({ a = 1 }, "b", "none")', 'none'],
    ['merge({ a = 1, b = 2 }, { b = 3 })', { a: 1, b: 3 }],
    ['format("%s-%03d-%v%%", "a", 7, true)', 'a-007-true%'],
    ['tostring(var.count)', '3'],
    ['tonumber("4")', 4],
    ['toset(["b", "a", "b"])', ['a', 'b']],
    ['replace("a.b.c", ".", "-")', 'a-b-c'],
    ['replace("a1b22", "/[0-9]+/", "#")', 'a#b#'],
    ['upper(substr("hello", 1, 3))', 'ELL'],
    ['coalesce(null, "", "x")', 'x'],
    ['keys({ b = 1, a = 2 })', ['a', 'b']],
    ['values({ b = 1, a = 2 })', [2, 1]],
    ['flatten([[1], [2, [3]]])', [1, 2, 3]],
    ['contains(var.list, "b")', true],
    ['max([4, 7]...)', 7],
    ['try(var.none, "fallback")', 'fallback'],
    ['base64decode(base64encode("ü"))', 'ü'],
    ['sha256("a")', 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb'],
  ])('%s', (expression, value) => {
    expect(evaluated(`\${${expression}}`)).toEqual(value);
  });

  it('reads files and templates below the folder of the stack', () => {
    const files = { 'a.txt': 'text', 'b.tpl': 'Hello ${name}, $${kept}' };

    expect(evaluated('${file("${path.module}/a.txt")}', files)).toBe('text');
    expect(evaluated('${filebase64sha256("a.txt")}', files)).toBe(createHash('sha256').update('text').digest('base64'));
    expect(evaluated('${templatefile("b.tpl", { name = var.stage })}', files)).toBe('Hello local, ${kept}');
  });
});

describe('what cannot be evaluated', () => {
  it.each<[string, RegExp]>([
    ['${nope(1)}', /output\.it: function nope\(…\) is not supported; supported are .*jsonencode/],
    ['${var.none}', /output\.it: unknown reference "var\.none": the stack has stage, count/],
    ['${local.none}', /unknown reference "local\.none": the stack has tags/],
    ['${local.tags.none}', /unknown reference "local\.tags\.none": known are team/],
    ['${var.list[7]}', /unknown reference "var\.list\[7\]": the list has 3 elements/],
    ['${aws_dynamodb_table.t}', /whole resource/],
    ['${var.list} as text', /a string is needed, got \["a","b","c"\]; use jsonencode/],
    ['${[for x in var.list : x]}', /`for` expressions are not supported/],
    ['%{ if true }x%{ endif }', /template directives/],
    ['${var.stage ? 1 : 2}', /a condition must be true or false, got "local"/],
    ['${"open', /syntax of the expression/],
    ['${join("-" var.list)}', /expected "," or "\)"/],
    ['${"x "quoted" y"}', /syntax of the expression/],
    ['${1 + 2}', /operator \+ is not supported: compute the value before the stack is synthesized/],
    ['${jsondecode("{")}', /jsondecode\(…\) failed/],
    ['${lookup({ a = 1 }, "b")}', /lookup: no key "b"; known are a/],
    ['${file("none.txt")}', /file\(…\) failed: ENOENT/],
  ])('%s', (template, message) => {
    expect(() => evaluated(template)).toThrow(message);
  });
});
