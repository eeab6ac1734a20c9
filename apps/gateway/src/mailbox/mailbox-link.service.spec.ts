import { afterEach, describe, expect, it, vi } from 'vitest';
import { MailboxLinkService } from './mailbox-link.service.js';

const DAY_MS = 24 * 3_600_000;
const CLAIM = { tenant: 't', message: 'm' };

describe('MailboxLinkService', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('opens its links for a day', () => {
    vi.useFakeTimers();
    const links = new MailboxLinkService();
    const token = links.tokenOf(CLAIM);
    vi.advanceTimersByTime(DAY_MS - 1);
    expect(links.open(token)).toEqual(CLAIM);
    vi.advanceTimersByTime(2);
    expect(() => links.open(token)).toThrow('link_invalid');
  });

  it('opens no links of another process', () => {
    expect(() => new MailboxLinkService().open(new MailboxLinkService().tokenOf(CLAIM))).toThrow('link_invalid');
  });
});
