export { createEndpoint, type Endpoint, type EndpointOptions } from './create-endpoint.ts';
export { createSts } from './sts.ts';
