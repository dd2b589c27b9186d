import { describe, expect, it } from '@jest/globals';
import { createRoutes } from '#embedded/http-api/routes.ts';
import { anApi } from './fixture.ts';

function routesOf(...routeKeys: string[]) {
  return createRoutes(routeKeys.map((routeKey) => ({ routeKey, route: undefined })));
}

describe('route selection', () => {
  const routes = routesOf(
    '$default',
    'ANY /{proxy+}',
    'GET /pets/{proxy+}',
    'GET /pets/dog/{id}',
    'GET /pets/dog/1',
    'ANY /pets/cat',
    'POST /pets/cat',
    'GET /pets/{kind}/{id}/photo',
    'GET /pets/dog/{id}/{part}',
  );

  it.each([
    ['GET', '/pets/dog/1', 'GET /pets/dog/1', undefined],
    ['GET', '/pets/dog/2', 'GET /pets/dog/{id}', { id: '2' }],
    ['GET', '/pets/bird/3', 'GET /pets/{proxy+}', { proxy: 'bird/3' }],
    ['POST', '/pets/dog/2', 'ANY /{proxy+}', { proxy: 'pets/dog/2' }],
    ['POST', '/pets/cat', 'POST /pets/cat', undefined],
    ['DELETE', '/pets/cat', 'ANY /pets/cat', undefined],
    ['GET', '/pets/dog/2/photo', 'GET /pets/dog/{id}/{part}', { id: '2', part: 'photo' }],
    ['GET', '/pets/fox/2/photo', 'GET /pets/{kind}/{id}/photo', { kind: 'fox', id: '2' }],
    ['GET', '/pets/dog/', 'GET /pets/{proxy+}', { proxy: 'dog/' }],
    ['GET', '/', '$default', undefined],
  ])('%s %s goes to %s', (method, path, routeKey, pathParameters) => {
    expect(routes(method, path)).toMatchObject({ routeKey, pathParameters });
  });

  it('finds nothing for another method or path where there is no $default', () => {
    const few = routesOf('GET /health', 'GET /a/{id}');
    expect(few('POST', '/health')).toBeUndefined();
    expect(few('GET', '/health/')).toBeUndefined();
    expect(few('GET', '/a/1/2')).toBeUndefined();
    expect(few('GET', '/a/')).toBeUndefined();
  });

  it('refuses route keys of unknown form and the same one twice', () => {
    expect(() => routesOf('GET health')).toThrow('"GET health"');
    expect(() => routesOf('GETT /health')).toThrow('"GETT /health": expected');
    expect(() => routesOf('GET /a', 'GET /a')).toThrow('there twice');
  });

  it.each([
    ['GET /g/{p+}/b', '"GET /g/{p+}/b": {p+} takes all the rest, so it must be the last part'],
    ['GET /{id}/s/{id}', 'the variable "id" is there twice: give each a name of its own'],
    ['GET /a{id}', '"a{id}" must be a text, or wholly a variable: {name} or {name+}'],
    ['GET /{a}{b}', '"{a}{b}" must be'],
    ['GET /{}', '"{}" must be'],
    ['GET /a}', '"a}" must be'],
  ])('refuses %s', (routeKey, message) => {
    expect(() => routesOf(routeKey)).toThrow(message);
  });

  it('refuses two routes for the same requests, whatever their variables are called', () => {
    expect(() => routesOf('ANY /p/{proxy+}', 'ANY /p/{other+}')).toThrow(
      '"ANY /p/{other+}": is there twice, the other time as "ANY /p/{proxy+}"',
    );
    expect(() => routesOf('GET /p/{a}', 'GET /p/{a+}', 'POST /p/{b}', 'GET /p/{c}/x')).not.toThrow();
  });

  it('names the place of the route in the stack', async () => {
    await expect(anApi({ routeKeys: ['GET /', 'GET /{p+}/b'] })).rejects.toThrow(
      'aws_apigatewayv2_route.route1.route_key: "GET /{p+}/b": ',
    );
  });
});
