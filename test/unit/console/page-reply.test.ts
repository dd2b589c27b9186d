import { expect, it } from '@jest/globals';
import { pageReply, securityHeaders } from '../../../localstack/console/server/page.ts';

it('the page may load from here alone, runs no script of its own text, and names no other host', () => {
  const policy = securityHeaders['content-security-policy'];

  expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self'/);
  expect(policy).not.toMatch(/unsafe|\*|https?:/);
  expect(String(pageReply.body)).not.toMatch(/https?:|<script(?! type="module" src="\/_console\/)|style=/);
});
