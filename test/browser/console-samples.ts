/** A shop's day in the shape of the one-machine contract (design.md, section 6). */
const hour = (day: number, clock: string) => `2026-11-${String(day).padStart(2, '0')}T${clock}:00.000Z`;

export const emails = [
  {
    id: 'm1',
    to: ['anna@customer.example'],
    from: 'Jonas Brunner <jonas@eichenhof.example>',
    replyTo: `r+${'abcd2345'.repeat(4)}@reply.eichenhof.example`,
    subject: 'Does the chest of drawers fit?',
    text: 'Hello Anna,\n\ndoes the oak chest of drawers fit the gap you measured? Just reply, it comes to me.\nPrefer a button: http://localhost:8787/r/sampletoken\n\nJonas',
    html: '<p style="color:#123456">Hello Anna,</p><p>does it fit? <a href="http://localhost:8787/r/sampletoken">Tell me</a></p><script>parent.document.title = "broken in"</script>',
    headers: { 'message-id': '<m1@eichenhof.example>' },
    links: ['http://localhost:8787/r/sampletoken'],
    at: hour(20, '09:05'),
  },
  {
    id: 'm2',
    to: ['jonas@eichenhof.example'],
    from: 'Aftercare <desk@eichenhof.example>',
    replyTo: 'desk@eichenhof.example',
    subject: 'Anna Keller is not happy <b>at all</b>',
    text: 'You owe Anna a call.',
    html: '',
    headers: {},
    links: [],
    at: hour(20, '11:00'),
  },
];

export const sales = [
  {
    source: 'woocommerce',
    orderId: '727',
    status: 'running',
    outcome: undefined,
    journey: 'class',
    item: 'Puppy class, six evenings',
    startedAt: hour(15, '08:00'),
  },
  {
    source: 'shopify',
    orderId: '#1001',
    status: 'open',
    outcome: 'unhappy',
    journey: 'goods',
    item: 'Oak chest of drawers, 60 cm',
    startedAt: hour(16, '08:00'),
  },
];

export const details: Record<string, unknown> = {
  'shopify/#1001': {
    sale: { id: 'shopify/#1001', status: 'open', outcome: 'unhappy', journey: 'goods' },
    journal: [
      {
        at: hour(16, '08:00'),
        type: 'ordered',
        order: { lines: [{ title: 'Oak chest of drawers, 60 cm' }] },
      },
      {
        at: hour(16, '08:00'),
        type: 'started',
        round: 1,
        checkInAt: hour(20, '09:05'),
        because: 'delivered',
      },
      { at: hour(20, '09:05'), type: 'claimed', message: 'check-in', attempt: 1 },
      {
        at: hour(20, '09:05'),
        type: 'sent',
        message: 'check-in',
        attempt: 1,
        messageId: 'x',
        to: 'customer',
      },
      {
        at: hour(20, '10:58'),
        type: 'replied',
        n: 1,
        reply: { rating: 2, call: true },
        private: { words: 'It sticks. <img src=x onerror=alert(1)>' },
      },
      {
        at: hour(20, '10:58'),
        type: 'promised',
        promise: 'resolve-1',
        kind: 'resolve',
        because: 'unhappy',
        owner: 'jonas',
        level: 0,
        dueAt: hour(20, '15:00'),
      },
      {
        at: hour(20, '15:00'),
        type: 'escalated',
        promise: 'resolve-1',
        strike: 1,
        from: 'jonas',
        owner: 'mia',
        level: 1,
        dueAt: hour(23, '10:00'),
        because: 'overdue',
      },
      { at: hour(20, '15:00'), type: 'something-new' },
    ],
    promises: [
      {
        id: 'resolve-1',
        kind: 'resolve',
        status: 'open',
        level: 1,
        strikes: 1,
        owner: 'mia',
        dueAt: hour(23, '10:00'),
      },
    ],
    executions: [
      { machine: 'FollowUp', name: 'f1', status: 'SUCCEEDED', state: 'Ended', transitions: 7 },
      {
        machine: 'Promise',
        name: 'p1',
        status: 'RUNNING',
        state: 'Wait until somebody has it',
        transitions: 3,
      },
    ],
  },
  'woocommerce/727': {
    sale: { id: 'woocommerce/727', status: 'running', journey: 'class' },
    journal: [],
    promises: [],
    executions: [],
  },
};

export const meter = {
  stateTransitions: 10,
  lambdaRequests: 14,
  lambdaMs: 2350,
  writeUnits: 31,
  readUnits: 22.5,
  mails: 2,
  pages: 1,
  queueCalls: 6,
  httpRequests: 4,
  logBytes: 10_240,
};

export const pages = [
  {
    at: hour(20, '15:20'),
    topic: 'Aftercare-Pages',
    subject: 'Corner: a promise to a customer needs you',
    text: 'Order #1001: a promise to the customer was broken twice. Your desk: https://care.corner.example/desk',
  },
];

export const pauses = [
  {
    what: { of: 'all' },
    from: hour(20, '15:00'),
    until: '2026-11-21T01:38:00Z',
    by: 'mara',
    reason: 'a wrong link',
  },
  {
    what: { of: 'source', name: 'shopify' },
    ...{ from: hour(20, '15:00'), until: '2026-11-22T08:00:00Z', by: 'theo', reason: '<b>twice</b>' },
  },
];

export const now = hour(20, '15:30');
