/** A list of texts among `aws_apigatewayv2_*` attributes; none where there is no list. */
export function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
