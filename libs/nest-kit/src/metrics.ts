import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';

const SECONDS = [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 60];

/** The process's metrics; services in one process share them and are told apart by the label `service`. */
export class Metrics {
  readonly registry = new Registry();
  private readonly requests = new Counter({
    name: 'tc_rpc_requests_total', help: 'Requests served on the bus', labelNames: ['service', 'subject', 'code'], registers: [this.registry],
  });
  private readonly duration = new Histogram({
    name: 'tc_rpc_duration_seconds', help: 'Time to serve a request on the bus', labelNames: ['service', 'subject'], buckets: SECONDS, registers: [this.registry],
  });
  private readonly jobs = new Histogram({
    name: 'tc_job_duration_seconds', help: 'Time of one job step', labelNames: ['service', 'kind', 'outcome'], buckets: SECONDS, registers: [this.registry],
  });
  private readonly http = new Histogram({
    name: 'tc_http_duration_seconds', help: 'Time to answer an HTTP request', labelNames: ['method', 'route', 'status'], buckets: SECONDS, registers: [this.registry],
  });

  /** Found by one look-up on every request, in place of hashing labels. */
  private readonly rpcSeries = new Map<string, { count: Counter.Internal; duration: Histogram.Internal<'service' | 'subject'> }>();
  private readonly httpSeries = new Map<string, Histogram.Internal<'method' | 'route' | 'status'>>();

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  rpcHandled(service: string, subject: string, elapsedMs: number, code: string): void {
    const key = `${service} ${subject} ${code}`;
    let series = this.rpcSeries.get(key);
    if (!series) {
      series = { count: this.requests.labels({ service, subject, code }), duration: this.duration.labels({ service, subject }) };
      this.rpcSeries.set(key, series);
    }
    series.count.inc();
    series.duration.observe(elapsedMs / 1000);
  }

  jobFinished(service: string, kind: string, elapsedMs: number, outcome: string): void {
    this.jobs.observe({ service, kind, outcome }, elapsedMs / 1000);
  }

  httpAnswered(method: string, route: string, status: number, elapsedMs: number): void {
    const key = `${method} ${route} ${status}`;
    let series = this.httpSeries.get(key);
    if (!series) {
      series = this.http.labels({ method, route, status: String(status) });
      this.httpSeries.set(key, series);
    }
    series.observe(elapsedMs / 1000);
  }
}
