/**
 * Lets httpYac run the `.http` files of this folder, which are in the syntax of VS Code's REST Client. It is read by httpYac's
 * command and by its extension alike. https://httpyac.github.io/plugins/plugin-api.html
 */

/** REST Client: a path into the response of a named request; httpYac: a variable, the response's body, with that name. */
const ofResponse = /\{\{(\w+)\.response\.body\.\$\.([\w.]+)\}\}/g;

/** `# → 202, once the booking is made`: the status that is expected, and whether it comes only after a while. */
const expectation = /^# → (\d{3})(, once)?/m;
const expectedOf = ({ symbol }) => expectation.exec(symbol.source ?? '') ?? [];

const pollMilliseconds = 100;

async function untilMade({ api, alice, booking }) {
  if (booking === undefined) return;
  let answer;
  do {
    await new Promise((resolve) => setTimeout(resolve, pollMilliseconds));
    const headers = { authorization: `Bearer ${alice.token}` };
    answer = await (await fetch(`${api}/bookings/${booking.id}`, { headers })).json();
  } while (answer.status === 'UNCONFIRMED');
}

module.exports = {
  configureHooks({ hooks }) {
    hooks.replaceVariable.addHook(
      'restClientResponse',
      (text) => (typeof text === 'string' ? text.replaceAll(ofResponse, '{{$1.$2}}') : text),
      { before: ['javascript'] },
    );

    hooks.onRequest.addHook('untilMade', async (_, { httpRegion, variables }) => {
      const [, , once] = expectedOf(httpRegion);
      if (once !== undefined) await untilMade(variables);
    });

    hooks.onResponse.addHook('expected', ({ statusCode, parsedBody }, { httpRegion }) => {
      const { name } = httpRegion.symbol;
      const [, expected] = expectedOf(httpRegion);
      if (expected !== undefined && Number(expected) !== statusCode) {
        throw new Error(`${name}: status ${statusCode} instead of ${expected}`);
      }
      // GraphQL answers these with 200.
      if (parsedBody?.errors !== undefined) throw new Error(`${name}: ${JSON.stringify(parsedBody.errors)}`);
    });
  },
};
