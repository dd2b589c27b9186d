/** A filter as AppSync hands it to DynamoDB: written apart from our evaluation of filters, to be compared with it. */
export interface FilterExpression {
  readonly FilterExpression: string;
  readonly ExpressionAttributeNames: Record<string, string>;
  readonly ExpressionAttributeValues: Record<string, unknown>;
}

type Operators = Record<string, unknown>;

const comparators: Record<string, string> = { eq: '=', ne: '<>', lt: '<', le: '<=', gt: '>', ge: '>=' };

const typeCodes: Record<string, string> = {
  binary: 'B',
  binarySet: 'BS',
  bool: 'BOOL',
  list: 'L',
  map: 'M',
  number: 'N',
  numberSet: 'NS',
  string: 'S',
  stringSet: 'SS',
  _null: 'NULL',
};

export function filterExpression(filter: Record<string, unknown>): FilterExpression {
  const names: Record<string, string> = {};
  const values: Record<string, unknown> = {};
  const value = (operand: unknown): string => {
    const placeholder = `:v${Object.keys(values).length}`;
    values[placeholder] = operand;
    return placeholder;
  };
  const name = (attribute: string): string => {
    names[`#${attribute}`] = attribute;
    return `#${attribute}`;
  };
  const comparison = (left: string, operator: string, operand: unknown): string => {
    if (operator !== 'between') return `${left} ${comparators[operator]} ${value(operand)}`;
    const [from, to] = operand as unknown[];
    return `${left} BETWEEN ${value(from)} AND ${value(to)}`;
  };
  const condition = (attribute: string, operator: string, operand: unknown): string => {
    const path = name(attribute);
    switch (operator) {
      case 'contains':
        return `contains(${path}, ${value(operand)})`;
      case 'notContains':
        return `NOT contains(${path}, ${value(operand)})`;
      case 'beginsWith':
        return `begins_with(${path}, ${value(operand)})`;
      case 'attributeExists':
        return `${operand ? 'attribute_exists' : 'attribute_not_exists'}(${path})`;
      case 'attributeType':
        return `attribute_type(${path}, ${value(typeCodes[String(operand)])})`;
      case 'size':
        return joined(
          Object.entries(operand as Operators).map(([one, wanted]) => comparison(`size(${path})`, one, wanted)),
          'AND',
        );
      default:
        return comparison(path, operator, operand);
    }
  };
  const expression = (node: Record<string, unknown>): string =>
    joined(
      Object.entries(node).map(([key, inner]) => {
        if (key === 'not') return negated(expression(inner as Operators));
        if (key === 'and' || key === 'or') return joined((inner as Operators[]).map(expression), key.toUpperCase());
        return joined(
          Object.entries(inner as Operators).map(([operator, operand]) => condition(key, operator, operand)),
          'AND',
        );
      }),
      'AND',
    );
  return {
    FilterExpression: expression(filter),
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
  };
}

/** No brackets around a single part: DynamoDB refuses redundant ones. */
const joined = (parts: readonly string[], joiner: string): string =>
  parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(` ${joiner} `)})`;

const negated = (part: string): string => (part.startsWith('(') ? `NOT ${part}` : `NOT (${part})`);
