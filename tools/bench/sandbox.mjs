// The sandbox alone, in its mode `fast`.
import { startSandbox } from '@tecnocursos/sandbox';

const { url } = await startSandbox({ port: 0, mode: 'fast' });
process.send({ url });
