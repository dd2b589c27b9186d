export const CODE = `
  let calls = 0;
  export const handler = async (event, context) => {
    calls += 1;
    switch (event?.do) {
      case 'environment': return { ...process.env };
      case 'context': return { ...context, remaining: context.getRemainingTimeInMillis() };
      case 'count': return calls;
      case 'nothing': return undefined;
      case 'throw': throw Object.assign(new Error('no seats'), { name: 'SeatUnavailableError' });
      case 'throw text': throw 'just a text';
      case 'exit': process.exit(event.code);
      case 'reject': Promise.reject(new TypeError('lost')); return new Promise((resolve) => setTimeout(resolve, 1000));
      case 'uncaught': setTimeout(() => { throw new RangeError('thrown later') }); return new Promise((resolve) => setTimeout(resolve, 1000));
      case 'never': return new Promise(() => {});
      case 'large': return 'x'.repeat(6_291_556);
      case 'cycle': { const cycle = {}; cycle.cycle = cycle; return cycle; }
      default: return event;
    }
  };
`;
