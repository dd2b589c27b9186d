import type { XmlStyle } from './xml.ts';

/** How clients speak to a service. */
export interface Wire {
  /** AWS JSON: what stands before the operation in `X-Amz-Target`. */
  readonly target?: string;
  /** AWS query: operation and input in a form, the answer in XML. */
  readonly query?: QueryWire;
  /** REST with JSON: operations by route, such as `GET /2015-03-31/functions/{FunctionName}`. */
  readonly routes?: Readonly<Record<string, string>>;
  /** What REST calls a request that cannot be read; `SerializationException` without. */
  readonly malformed?: string;
}

export interface QueryWire extends XmlStyle {
  /** Of the API; unsigned requests tell services apart by it. */
  readonly version: string;
  /** What this protocol calls a refusal by IAM; `AccessDenied` without. */
  readonly accessDenied?: string;
}

/** By signing name: dynamodb, states, monitoring, … */
export type Wires = Readonly<Record<string, Wire>>;
