import { AppError } from '@tecnocursos/contracts';

/** Of ten characters and more, those that lists of leaked passwords begin with, in English and Portuguese. */
const COMMON = new Set([
  '1234567890', '0123456789', '12345678910', '123456789a', '1q2w3e4r5t', '1qaz2wsx3edc', 'qwertyuiop', 'qwerty1234', 'qwerty12345', 'qwerty123456', 'asdfghjkl1', 'zaq12wsxcde3',
  'password12', 'password123', 'password1234', 'passw0rd123', 'iloveyou123', 'iloveyou12', 'letmein123', 'welcome123', 'welcome1234', 'changeme123', 'administrator', 'admin12345', 'admin123456',
  'senha12345', 'senha123456', 'minhasenha', 'mudar12345', 'brasil2024', 'brasil2025', 'brasil2026', 'flamengo123', 'corinthians', 'palmeiras1', 'deusefiel1', 'deusefiel123', 'professor1', 'professora1', 'tecnocursos',
]);

const refuse = (message: string): AppError => new AppError('invalid_request', `password: ${message}`, { issues: [{ field: 'password', message }] });

/** What schemas cannot tell: common passwords, and those made of the address. @throws AppError `invalid_request`. */
export function checkPassword(password: string, email: string): void {
  const plain = password.toLowerCase();
  if (new Set(plain).size < 4) throw refuse('Use more than a few different characters.');
  if (COMMON.has(plain)) throw refuse('This password is among the most common ones; choose another.');
  const [name = '', domain = ''] = email.toLowerCase().split('@');
  if (plain === email || (name.length > 3 && plain.replace(name, '').length < 5) || plain === domain) throw refuse('Do not use your e-mail address as a password.');
}
