import { describe, expect, it } from '@jest/globals';
import { misspeltPath } from '#functions/api/demo/misspelt-path.ts';
import { sagaFunctions } from '#infra/saga-functions.ts';
import { apiPaths } from '#schema/http/routes.ts';

describe('the paths of the API', () => {
  it('are those of the routes that the stack has', () => {
    const routed = sagaFunctions
      .flatMap((definition) => ('routes' in definition ? definition.routes : []))
      .flatMap((routeKey) => routeKey.split(' ').slice(1));
    expect(routed).toContain('/bookings/{id}');
    expect([...apiPaths].sort()).toEqual(expect.arrayContaining([...new Set(routed)].sort()));
  });
});

describe('a misspelt path', () => {
  it.each([
    ['/health/', '/health'],
    ['//health', '/health'],
    ['/health//', '/health'],
    ['/HEALTH', '/health'],
    ['/Health;a=1', '/health'],
    ['/health;', '/health'],
    ['/health;a=1;b=2/', '/health'],
    ['/;a=1/health', '/health'],
    ['/./health', '/health'],
    ['/x/../health', '/health'],
    ['/../health', '/health'],
    ['\\health', '/health'],
    ['/bookings/', '/bookings'],
    ['//bookings', '/bookings'],
    ['/Bookings', '/bookings'],
    ['/bookings;a=1', '/bookings'],
    ['/bookings/x/', '/bookings/{id}'],
    ['/bookings//x', '/bookings/{id}'],
    ['/Bookings/x', '/bookings/{id}'],
    ['/Bookings/x/history/', '/bookings/{id}/history'],
    ['/Bookings/x/History', '/bookings/{id}/history'],
    ['/bookings/a/b/c/', '/bookings/{proxy+}'],
    ['/flights/', '/flights'],
    ['/graphql/', '/graphql'],
    ['/GraphQL', '/graphql'],
    ['/OpenAPI.json', '/openapi.json'],
    ['/payments//charges', '/payments/charges'],
    ['/payments/charges/', '/payments/charges'],
    ['/Loyalty', '/loyalty'],
    // Encoded, as some gateways hand paths on, and twice, as some proxies do.
    ['/%62ookings/', '/bookings'],
    ['/%2Fbookings', '/bookings'],
    ['/bookings%2F', '/bookings'],
    ['/bookings%3Ba=1', '/bookings'],
    ['/%2562ookings', '/bookings'],
    ['/bookings%252F', '/bookings'],
    ['/health%3Fx=1', '/health'],
  ])('%s means %s', (path, meant) => {
    expect(misspeltPath(path)).toBe(meant);
  });

  it.each(['/favicon.ico', '/robots.txt', '/.well-known', '/.well-known/security.txt', '//favicon.ico', '/Robots.txt'])(
    '%s is a path that browsers and crawlers request by themselves',
    (path) => {
      expect(misspeltPath(path)).toBe('unasked');
    },
  );

  it.each([
    ...['/', '', '//', '/saga', '/any/path/at/all', '/booking', '/bookingss', '/healthy', '/health.html', '/x/health'],
    ...['/payments', '/payments/charge', '/payments/charges/x', '/favicon', '/robots', '/well-known/x', '/flights/x'],
    ...['/%', '/%zz', '/%E0%A4%A', '/etc/passwd', '/../../etc/passwd', '/apple-touch-icon.png', '/constructor'],
  ])('%j is the demo', (path) => {
    expect(misspeltPath(path)).toBeUndefined();
  });

  it('given a path that is encoded again and again, then it is read to the end', () => {
    let path = '/Bookings/';
    for (let round = 0; round < 6; round += 1) path = encodeURIComponent(path);
    expect(misspeltPath(`/${path}`)).toBe('/bookings');
  });
});
