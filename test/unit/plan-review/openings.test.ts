import { describe, expect, it } from '@jest/globals';
import { sentencesOf, type Values } from './judged.ts';

describe('a way in', () => {
  const route = { route_key: 'GET /bookings', authorization_type: 'JWT' };
  const open = { ...route, authorization_type: 'NONE' };

  it.each<[string, string, Values | null, Values, Values, string[]]>([
    [
      'a new open route',
      'aws_apigatewayv2_route',
      null,
      open,
      {},
      ['The route GET /bookings is new and needs no token: anyone can call it.'],
    ],
    [
      'an open route with another path',
      'aws_apigatewayv2_route',
      open,
      { ...open, route_key: 'GET /all' },
      {},
      ['The route GET /all is new and needs no token: anyone can call it.'],
    ],
    [
      'a route that loses its token',
      'aws_apigatewayv2_route',
      route,
      open,
      {},
      ['The route GET /bookings needs no token any more: anyone can call it.'],
    ],
    ['a route that was open before', 'aws_apigatewayv2_route', open, { ...open, target: 'x' }, {}, []],
    [
      'the demo route anew',
      'aws_apigatewayv2_route',
      null,
      { route_key: '$default' },
      {},
      ['The demo route is new: every URL books a holiday, without a token.'],
    ],
    [
      'the demo route that stays',
      'aws_apigatewayv2_route',
      { route_key: '$default' },
      { route_key: '$default', target: 'x' },
      {},
      [],
    ],
    ['a URL that asks for a signature', 'aws_lambda_function_url', null, { authorization_type: 'AWS_IAM' }, {}, []],
    [
      'a URL that was open before',
      'aws_lambda_function_url',
      { authorization_type: 'NONE' },
      { authorization_type: 'NONE', cors: [] },
      {},
      [],
    ],
    [
      'an authorizer that accepts the same',
      'aws_apigatewayv2_authorizer',
      { name: 'a', jwt_configuration: [{ issuer: 'i' }] },
      { name: 'b', jwt_configuration: [{ issuer: 'i' }] },
      {},
      [],
    ],
    [
      'an authorizer whose client is replaced',
      'aws_apigatewayv2_authorizer',
      { jwt_configuration: [{ audience: ['c'] }] },
      { jwt_configuration: [{}] },
      { jwt_configuration: [{ audience: true }] },
      [],
    ],
    [
      'an authorizer of another issuer',
      'aws_apigatewayv2_authorizer',
      { jwt_configuration: [{ issuer: 'i' }] },
      { jwt_configuration: [{ issuer: 'j' }] },
      {},
      ['The HTTP API accepts other tokens: {"issuer":"i"} becomes {"issuer":"j"}.'],
    ],
  ])('given %s, when the plan is judged, then only what opens is told', (_, type, before, after, unknown, said) => {
    expect(sentencesOf(type, before, after, unknown)).toEqual(said);
  });
});
