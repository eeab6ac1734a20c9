import { AppError } from '@tecnocursos/contracts';

/** What is wrong with an SSML document and how to mend it. */
export const ssmlInvalid = (message: string): AppError => new AppError('ssml_invalid', message, { issues: [{ field: 'ssml', message }] });
