import { defineRpc } from '@tecnocursos/contracts';
import { z } from 'zod';

const echo = z.strictObject({ id: z.uuid(), title: z.string(), tags: z.array(z.string()), delay_ms: z.int() });

export const benchEcho = defineRpc('bench.text.echo.v1', { summary: 'Echo', request: echo, reply: echo, tenant: 'none' });
export const payload = {
  id: '0b7c9b7e-3f7e-4d56-9f1c-0d8c3f0e2a11',
  title: 'Fotossíntese: como a planta transforma luz em alimento',
  tags: ['biologia', 'ensino médio', 'plantas', 'energia', 'clorofila', 'glicose'],
  delay_ms: 0,
};
