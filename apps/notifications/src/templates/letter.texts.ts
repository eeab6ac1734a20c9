import type { Language } from '@tecnocursos/contracts';

/** Words of one letter about an account; `organization` and `inviter` are given for invitations alone. */
export interface LetterTexts {
  subject(organization: string): string;
  heading(organization: string): string;
  intro(organization: string, inviter: string | undefined): string;
  action: string;
  reason: string;
}

export type LetterName = 'verify-email' | 'password-reset' | 'account-exists' | 'delivery-test' | 'invitation';

export interface CommonTexts {
  greeting(name: string | undefined): string;
  expires(time: string): string;
  fallback: string;
}

export const COMMON_TEXTS: Record<Language, CommonTexts> = {
  'pt-BR': {
    greeting: (name) => (name ? `Olá, ${name}!` : 'Olá!'),
    expires: (time) => `Este link vale até ${time} e funciona uma única vez.`,
    fallback: 'O botão não funciona? Copie este endereço para o navegador:',
  },
  en: {
    greeting: (name) => (name ? `Hello, ${name}!` : 'Hello!'),
    expires: (time) => `This link works until ${time}, and only once.`,
    fallback: 'The button does not work? Copy this address into your browser:',
  },
};

const PORTUGUESE: Record<LetterName, LetterTexts> = {
  'verify-email': {
    subject: () => 'Confirme seu e-mail',
    heading: () => 'Confirme seu e-mail',
    intro: () => 'Falta um passo para começar: confirme que este endereço é seu.',
    action: 'Confirmar e-mail',
    reason: 'Você recebeu esta mensagem porque alguém criou uma conta na TecnoCursos com este endereço. Se não foi você, ignore-a: sem a confirmação, a conta não existe.',
  },
  'password-reset': {
    subject: () => 'Escolha uma nova senha',
    heading: () => 'Escolha uma nova senha',
    intro: () => 'Recebemos um pedido para trocar a senha da sua conta.',
    action: 'Escolher nova senha',
    reason: 'Você recebeu esta mensagem porque alguém pediu uma nova senha para a sua conta na TecnoCursos. Se não foi você, ignore-a: a senha atual continua valendo.',
  },
  'account-exists': {
    subject: () => 'Você já tem uma conta',
    heading: () => 'Você já tem uma conta',
    intro: () => 'Alguém tentou criar uma conta com este endereço, que já tem uma. Para usá-la, basta entrar.',
    action: 'Entrar',
    reason: 'Você recebeu esta mensagem porque este endereço foi usado em um novo cadastro na TecnoCursos. Se não foi você, nada mudou na sua conta.',
  },
  'delivery-test': {
    subject: () => 'Teste de envio',
    heading: () => 'Os e-mails estão chegando',
    intro: () => 'Esta é uma mensagem de teste: se você a lê, o envio de e-mails da sua plataforma funciona.',
    action: 'Abrir a documentação',
    reason: 'Você recebeu esta mensagem porque alguém da sua equipe testou as integrações da TecnoCursos.',
  },
  invitation: {
    subject: (organization) => `Convite para participar de “${organization}”`,
    heading: (organization) => `Convite para participar de “${organization}”`,
    intro: (organization, inviter) => `${inviter ?? 'Alguém'} convidou você para trabalhar em “${organization}” na TecnoCursos.`,
    action: 'Aceitar convite',
    reason: 'Você recebeu esta mensagem porque alguém convidou este endereço para uma organização na TecnoCursos. Se não conhece quem convidou, ignore-a.',
  },
};

const ENGLISH: Record<LetterName, LetterTexts> = {
  'verify-email': {
    subject: () => 'Confirm your e-mail address',
    heading: () => 'Confirm your e-mail address',
    intro: () => 'One step is left: confirm that this address is yours.',
    action: 'Confirm address',
    reason: 'You get this message because somebody made an account on TecnoCursos with this address. If it was not you, ignore it: without the confirmation there is no account.',
  },
  'password-reset': {
    subject: () => 'Choose a new password',
    heading: () => 'Choose a new password',
    intro: () => 'We were asked to change the password of your account.',
    action: 'Choose a new password',
    reason: 'You get this message because somebody asked for a new password of your account on TecnoCursos. If it was not you, ignore it: your password stays as it is.',
  },
  'account-exists': {
    subject: () => 'You have an account already',
    heading: () => 'You have an account already',
    intro: () => 'Somebody tried to make an account with this address, which has one. To use it, sign in.',
    action: 'Sign in',
    reason: 'You get this message because this address was used to sign up on TecnoCursos. If it was not you, nothing has changed in your account.',
  },
  'delivery-test': {
    subject: () => 'Delivery test',
    heading: () => 'Letters arrive',
    intro: () => 'This is a test: if you can read it, your platform’s e-mail works.',
    action: 'Open the documentation',
    reason: 'You get this message because somebody of your team tested the integrations of TecnoCursos.',
  },
  invitation: {
    subject: (organization) => `Invitation to join “${organization}”`,
    heading: (organization) => `Invitation to join “${organization}”`,
    intro: (organization, inviter) => `${inviter ?? 'Somebody'} invited you to work in “${organization}” on TecnoCursos.`,
    action: 'Accept the invitation',
    reason: 'You get this message because somebody invited this address to an organization on TecnoCursos. If you do not know who did, ignore it.',
  },
};

export const LETTER_TEXTS: Record<Language, Record<LetterName, LetterTexts>> = { 'pt-BR': PORTUGUESE, en: ENGLISH };
