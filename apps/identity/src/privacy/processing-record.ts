import type { getProcessingRecord, ReplyOf } from '@tecnocursos/contracts';

export type ProcessingActivity = ReplyOf<typeof getProcessingRecord>['activities'][number];

const none: ProcessingActivity['processors'] = [];

/**
 * What the platform does with personal data, by service (LGPD art. 37, GDPR art. 30). Processors are those of a usual installation:
 * who adds a vendor adds it here. Countries as ISO 3166 codes.
 */
export const PROCESSING_ACTIVITIES: readonly ProcessingActivity[] = [
  {
    activity: 'Accounts and sign-in', service: 'identity', purpose: 'Letting members use the platform, and nobody else', legal_basis: 'LGPD art. 7 V; GDPR art. 6(1)(b)',
    data_categories: ['name', 'e-mail', 'password hash', 'second factor', 'IP address', 'browser'], data_subjects: ['members'], retention: 'while the account exists; sessions as set',
    processors: none,
  },
  {
    activity: 'Login with a provider', service: 'identity', purpose: 'Signing in with an account elsewhere', legal_basis: 'LGPD art. 7 I; GDPR art. 6(1)(a)',
    data_categories: ['identifier at the provider', 'name', 'e-mail', 'where their import is on: picture, job title, language, list of repositories'], data_subjects: ['members who choose it'], retention: 'until it is unlinked',
    processors: ['Google', 'Microsoft', 'LinkedIn', 'GitHub', 'Meta'].map((name) => ({ name, country: 'US', purpose: 'identification' })),
  },
  {
    activity: 'Audit log', service: 'identity', purpose: 'Security, and answering for what was done', legal_basis: 'LGPD art. 7 II and IX, art. 46; GDPR art. 6(1)(f), art. 32',
    data_categories: ['identifier', 'action', 'IP address', 'browser'], data_subjects: ['members'], retention: 'as set', processors: none,
  },
  {
    activity: 'Consents', service: 'identity', purpose: 'Proving what was consented to', legal_basis: 'LGPD art. 8 §2; GDPR art. 7(1)', data_categories: ['identifier', 'choice', 'text version'],
    data_subjects: ['members'], retention: 'while the organization exists', processors: none,
  },
  {
    activity: 'Course production', service: 'courses', purpose: 'Turning lesson documents into courses', legal_basis: 'LGPD art. 7 V; GDPR art. 6(1)(b)',
    data_categories: ['documents and what people wrote in them'], data_subjects: ['teachers', 'people named in documents'], retention: 'until the course is deleted',
    processors: [
      { name: 'OpenAI', country: 'US', purpose: 'outlines and scripts, when set up' }, { name: 'Anthropic', country: 'US', purpose: 'outlines and scripts, when set up' },
      { name: 'ElevenLabs', country: 'US', purpose: 'narration, when set up' }, { name: 'D-ID', country: 'IL', purpose: 'presenters, when set up' }, { name: 'Synthesia', country: 'GB', purpose: 'presenters, when set up' },
    ],
  },
  {
    activity: 'Messages', service: 'notifications', purpose: 'Telling members what happened', legal_basis: 'LGPD art. 7 V; GDPR art. 6(1)(b)', data_categories: ['name', 'e-mail', 'telephone'],
    data_subjects: ['members', 'students'], retention: 'as set',
    processors: [{ name: 'Twilio SendGrid', country: 'US', purpose: 'e-mail, when set up' }, { name: 'Amazon Web Services', country: 'US', purpose: 'e-mail, when set up' }, { name: 'Meta', country: 'US', purpose: 'WhatsApp, when set up' }],
  },
  {
    activity: 'Payments', service: 'billing', purpose: 'Selling and invoicing', legal_basis: 'LGPD art. 7 II and V; GDPR art. 6(1)(b) and (c)', data_categories: ['name', 'e-mail', 'CPF or CNPJ', 'payments'],
    data_subjects: ['customers'], retention: 'five years (fiscal law)',
    processors: [{ name: 'Stripe', country: 'US', purpose: 'cards, when set up' }, { name: 'PayPal', country: 'US', purpose: 'payments, when set up' }, { name: 'PicPay', country: 'BR', purpose: 'payments, when set up' }],
  },
  {
    activity: 'Usage and cost', service: 'insights', purpose: 'Counting what was used, and what it cost', legal_basis: 'LGPD art. 7 V and IX; GDPR art. 6(1)(f)', data_categories: ['identifier', 'usage'],
    data_subjects: ['members'], retention: 'as set', processors: none,
  },
];
