// One replica of an echo service. Arguments: ours|stock, url of the broker.
import 'reflect-metadata';
import { Catch, Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { MessagePattern, Transport } from '@nestjs/microservices';
import { connectBus, RpcHandler, RpcServer } from '@tecnocursos/messaging';
import { throwError } from 'rxjs';
import { benchEcho } from './echo.contract.mjs';

const [kind, url] = process.argv.slice(2);

class EchoController {
  async echo({ delay_ms: delay, ...rest }) {
    if (delay) await new Promise((resolve) => setTimeout(resolve, delay));
    return { delay_ms: delay, ...rest };
  }
}
Controller()(EchoController);
const decorate = kind === 'ours' ? RpcHandler(benchEcho) : MessagePattern(benchEcho.subject);
decorate(EchoController.prototype, 'echo', Object.getOwnPropertyDescriptor(EchoController.prototype, 'echo'));
class EchoModule {}
Module({ controllers: [EchoController] })(EchoModule);
class PassErrorsOn {
  catch(error) {
    return throwError(() => error);
  }
}
Catch()(PassErrorsOn);

const options = kind === 'ours'
  ? { strategy: new RpcServer(await connectBus({ url, name: 'bench' }), { queue: 'bench' }) }
  : { transport: Transport.NATS, options: { servers: [url], queue: 'bench' } };
const app = await NestFactory.createMicroservice(EchoModule, { ...options, logger: false });
if (kind === 'ours') app.useGlobalFilters(new PassErrorsOn());
app.enableShutdownHooks();
await app.listen();
process.send('ready');
