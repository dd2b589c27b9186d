import { adminGroup } from '#schema/admin-group.ts';

export interface PageOptions {
  readonly graphqlUrl: string;
  /** Of whom the token is; both are shown, and can be changed there. */
  readonly sub: string;
  readonly isAdmin: boolean;
  readonly token: string;
}

const defaultQuery = `# The bookings of the token's customer; everybody's for an Admin
query MyBookings {
  listBookings(limit: 10) {
    items {
      id
      status
      outboundFlight {
        flightNumber
        arrivalCity
      }
    }
    nextToken
  }
}
`;

/** GraphiQL with a box for the token; its scripts come from the same place as the page. */
export function graphiqlPage({ graphqlUrl, sub, isAdmin, token }: PageOptions): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Holiday bookings: GraphiQL</title>
<link rel="stylesheet" href="graphiql/graphiql.css">
<style>
  body { margin: 0; height: 100vh; display: flex; flex-direction: column; font: 14px system-ui, sans-serif; }
  form { display: flex; gap: 12px; align-items: center; padding: 8px 16px; background: #f3f4f8; }
  label { display: flex; gap: 6px; align-items: center; }
  #token { flex: 1; font-family: monospace; }
  #graphiql { flex: 1; min-height: 0; }
</style>
</head>
<body>
<form>
  <label>Customer <input name="sub" value="${escaped(sub)}" size="12" required></label>
  <label><input type="checkbox" name="group" value="${adminGroup}"${isAdmin ? ' checked' : ''}> ${adminGroup}</label>
  <button>New token</button>
  <label style="flex: 1">Token <input id="token" value="${escaped(token)}" spellcheck="false"></label>
</form>
<div id="graphiql">Loading …</div>
<script src="graphiql/react.js"></script>
<script src="graphiql/react-dom.js"></script>
<script src="graphiql/graphiql.js"></script>
<script>
  const { graphqlUrl, defaultQuery } = ${inScript({ graphqlUrl, defaultQuery })};
  const tokenBox = document.getElementById('token');
  async function fetcher(request) {
    const response = await fetch(graphqlUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer ' + tokenBox.value.trim() },
      body: JSON.stringify(request),
    });
    return response.json();
  }
  ReactDOM.createRoot(document.getElementById('graphiql'))
    .render(React.createElement(GraphiQL, { fetcher, defaultQuery, isHeadersEditorEnabled: false }));
</script>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

/** A value within a script, where \`</script>\` would end it even inside a string. */
function inScript(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
