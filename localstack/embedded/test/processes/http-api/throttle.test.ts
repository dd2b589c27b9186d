import { describe, expect, it } from '@jest/globals';
import { createThrottle } from '#embedded/http-api/throttle.ts';
import { withApi } from './fixture.ts';

describe('throttling by the stage settings', () => {
  const stage = {
    default_route_settings: { throttling_burst_limit: 2, throttling_rate_limit: 10 },
    route_settings: [{ route_key: 'GET /slow', throttling_burst_limit: 1 }],
  };

  it('lets a burst through, then as many as the rate gives back, never more than the burst', () => {
    let now = 0;
    const throttle = createThrottle(stage, () => now);
    expect([throttle('GET /'), throttle('GET /'), throttle('GET /')]).toEqual([true, true, false]);
    now += 99;
    expect(throttle('GET /')).toBe(false);
    now += 1;
    expect(throttle('GET /')).toBe(true);
    now += 60_000;
    expect([throttle('GET /'), throttle('GET /'), throttle('GET /')]).toEqual([true, true, false]);
  });

  it('counts each route for itself and takes its own limits', () => {
    const throttle = createThrottle(stage, () => 0);
    expect([throttle('GET /slow'), throttle('GET /slow')]).toEqual([true, false]);
    expect([throttle('GET /'), throttle('GET /'), throttle('GET /')]).toEqual([true, true, false]);
  });

  it('lets nothing through a route whose own settings name no limits: those of the stage are not for it', () => {
    const throttle = createThrottle(
      { ...stage, route_settings: [{ route_key: 'GET /slow', detailed_metrics_enabled: true }] },
      () => 0,
    );
    expect([throttle('GET /slow'), throttle('GET /')]).toEqual([false, true]);
  });

  it('takes the settings of $default for that route, not for all', () => {
    const own = { route_key: '$default', throttling_burst_limit: 1, throttling_rate_limit: 1 };
    const throttle = createThrottle({ ...stage, route_settings: [own] }, () => 0);
    expect([throttle('$default'), throttle('$default')]).toEqual([true, false]);
    expect([throttle('GET /'), throttle('GET /')]).toEqual([true, true]);
  });

  it('has no limit where none is set', () => {
    const throttle = createThrottle({}, () => 0);
    expect(Array.from({ length: 1_000 }, () => throttle('GET /'))).not.toContain(false);
  });

  it('answers 429 without the function', async () => {
    const settings = { default_route_settings: { throttling_burst_limit: 0, throttling_rate_limit: 0 } };
    await withApi({ stage: settings }, async ({ get, events }) => {
      const response = await get('/');
      expect(response.status).toBe(429);
      expect(await response.json()).toEqual({ message: 'Too Many Requests' });
      expect(events).toEqual([]);
    });
  });
});
