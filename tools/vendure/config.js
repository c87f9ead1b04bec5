// The shop server's settings: everything in memory of one process, on loopback, in Chinese and yuan.
const {
    DefaultLogger,
    LanguageCode,
    LogLevel,
    PaymentMethodHandler,
    defaultPromotionActions,
    defaultPromotionConditions,
    manualFulfillmentHandler,
} = require('@vendure/core');
const { HooksPlugin } = require('./hooks');

// Made up, for loopback.
const ADMINISTRATOR = { identifier: 'xiaoman', password: 'xiaoman-loopback' };

const chinese = value => [{ languageCode: LanguageCode.zh_Hans, value }];

// Takes the money at once. A refund stays pending until an administrator says that it is settled.
const cashDesk = new PaymentMethodHandler({
    code: 'cash-desk',
    description: chinese('收银台'),
    args: {},
    createPayment: (ctx, order, amount) => ({ amount, state: 'Settled', transactionId: order.code }),
    settlePayment: () => ({ success: true }),
});

function config({ port, file, synchronize }) {
    return {
        apiOptions: {
            hostname: '127.0.0.1',
            port,
            adminApiPath: 'admin-api',
            shopApiPath: 'shop-api',
            cors: false,
        },
        authOptions: {
            tokenMethod: ['bearer', 'api-key'],
            superadminCredentials: ADMINISTRATOR,
            requireVerification: false,
        },
        defaultLanguageCode: LanguageCode.zh_Hans,
        dbConnectionOptions: { type: 'sqljs', location: file, autoSave: false, synchronize },
        logger: new DefaultLogger({ level: LogLevel.Warn, timestamp: false }),
        paymentOptions: { paymentMethodHandlers: [cashDesk] },
        plugins: [HooksPlugin],
        promotionOptions: {
            promotionActions: defaultPromotionActions,
            promotionConditions: defaultPromotionConditions,
        },
        shippingOptions: { fulfillmentHandlers: [manualFulfillmentHandler] },
    };
}

module.exports = { ADMINISTRATOR, config };
