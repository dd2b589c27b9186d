/** A list of texts among `aws_apigatewayv2_*` attributes; none where there is nothing. @throws Error that names the place of anything else */
export function texts(place: string, value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.map(String);
  throw new Error(`${place}: is a list of texts, not ${JSON.stringify(value)}`);
}
