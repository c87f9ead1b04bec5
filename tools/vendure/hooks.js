// Vendure has no webhooks of its own: this plugin, the documented way, posts what its event bus tells.
//
// Body: {id, topic, at (ISO), data}. Headers: x-shop-topic, and x-shop-hmac-sha256, the base64 of
// HMAC-SHA256(secret, raw body). An answer other than 2xx within 5 s is sent again, with the same id.
const { createHmac, randomUUID } = require('node:crypto');
const {
    EventBus,
    Fulfillment,
    FulfillmentStateTransitionEvent,
    Logger,
    OrderPlacedEvent,
    OrderStateTransitionEvent,
    PaymentStateTransitionEvent,
    PluginCommonModule,
    ProductEvent,
    ProductVariant,
    ProductVariantEvent,
    RefundEvent,
    RefundStateTransitionEvent,
    StockMovementEvent,
    TransactionalConnection,
    VendurePlugin,
} = require('@vendure/core');

const URL_TO = process.env.SHOP_WEBHOOK_URL;
const SECRET = process.env.SHOP_WEBHOOK_SECRET || '';
const PAUSES = [0, 200, 1000];
const THE_ANSWER_MS = 5000;

async function post(topic, data) {
    const body = JSON.stringify({ id: randomUUID(), topic, at: new Date().toISOString(), data });
    const headers = {
        'content-type': 'application/json',
        'x-shop-topic': topic,
        'x-shop-hmac-sha256': createHmac('sha256', SECRET).update(body).digest('base64'),
    };
    for (const pause of PAUSES) {
        await new Promise(done => setTimeout(done, pause));
        try {
            const signal = AbortSignal.timeout(THE_ANSWER_MS);
            const answer = await fetch(URL_TO, { method: 'POST', headers, body, signal });
            if (answer.ok) return;
        } catch {
            // Tried again below, then given up: whoever listens reads changed orders anyway.
        }
    }
    Logger.warn(`nobody took the webhook ${topic}`, 'Hooks');
}

class HooksPlugin {
    constructor(bus, connection) {
        this.bus = bus;
        this.connection = connection;
    }

    onApplicationBootstrap() {
        if (!URL_TO) return;
        const on = (type, tell) => this.bus.ofType(type).subscribe(event => tell.call(this, event));
        on(OrderPlacedEvent, e => post('order.placed', { order: e.order.code }));
        on(OrderStateTransitionEvent, e => post('order.state', { order: e.order.code, ...states(e) }));
        on(PaymentStateTransitionEvent, e => post('payment.state', { order: e.order.code, ...states(e) }));
        on(RefundEvent, e => post('refund', { order: e.order.code, refund: String(e.refund.id) }));
        on(RefundStateTransitionEvent, e =>
            post('refund.state', { order: e.order.code, refund: String(e.refund.id), ...states(e) }));
        on(FulfillmentStateTransitionEvent, this.fulfilled);
        on(ProductEvent, e => post('product', { product: String(e.entity.id), type: e.type }));
        on(ProductVariantEvent, e => this.ofProducts('variant', e.entity, { type: e.type }));
        on(StockMovementEvent, e =>
            this.ofProducts('stock', e.stockMovements.map(each => each.productVariant), { type: e.type }));
    }

    async fulfilled(event) {
        const found = await this.connection.getRepository(Fulfillment).findOne({
            where: { id: event.fulfillment.id },
            relations: ['orders'],
        });
        for (const order of found?.orders ?? []) {
            await post('fulfillment.state', {
                order: order.code, fulfillment: String(event.fulfillment.id), ...states(event),
            });
        }
    }

    async ofProducts(topic, variants, more) {
        const ids = variants.map(each => each.id);
        const found = await this.connection.getRepository(ProductVariant).findByIds(ids);
        for (const product of new Set(found.map(each => String(each.productId)))) {
            const own = found.filter(each => String(each.productId) === product);
            await post(topic, { product, variants: own.map(each => String(each.id)), ...more });
        }
    }
}

const states = event => ({ from: event.fromState, to: event.toState });

// What @VendurePlugin() above a class would say in TypeScript.
Reflect.defineMetadata('design:paramtypes', [EventBus, TransactionalConnection], HooksPlugin);
VendurePlugin({ imports: [PluginCommonModule], compatibility: '^3.0.0' })(HooksPlugin);

module.exports = { HooksPlugin };
