// Each leads to this machine, or into a network that is not public, or is no address that may be called at all.
const HOSTS = [
  '127.0.0.1', '2130706433', '0x7f.1', '0x7f000001', '017700000001', '127.1', '127.0.1', '[::1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[64:ff9b::7f00:1]', '[2002:7f00:1::]', '0.0.0.0', '0', '[::]', 'localhost', 'LOCALHOST.',
  'anything.localhost', '①②⑦.⓪.⓪.①', '127。0。0。1', '127.0.0.1.', '%31%32%37.0.0.1',
];
const FIXED = [
  'https://169.254.169.254/latest/meta-data', 'https://100.100.100.200/', 'https://168.63.129.16/', 'https://10.0.0.1/', 'https://192.168.1.1/', 'https://172.16.0.1/', 'https://100.64.0.1/', 'https://224.0.0.1/',
  'https://255.255.255.255/', 'https://[fe80::1]/', 'https://[fd00::1]/', 'https://metadata.google.internal/', 'https://storage/', 'https://db.svc.cluster.local/', 'https://user:secret@127.0.0.1/', 'file:///etc/passwd', 'gopher://127.0.0.1/', 'https://192.0.2.1:22/',
];

export const forbiddenUrls = (port) => [...HOSTS.map((host) => `https://${host}:${port}/`), `http://127.0.0.1:${port}/`, `http://localhost:${port}/`, ...FIXED];
