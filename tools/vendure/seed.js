// Makes the shop of merchant.json in a new FILE through the admin API; prints the API key made for us.
//   node seed.js FILE
const { bootstrap, TransactionalConnection } = require('@vendure/core');
const { populateInitialData } = require('@vendure/core/cli');
const { ADMINISTRATOR, config } = require('./config');
const merchant = require('./merchant.json');

const zh = text => [{ languageCode: 'zh_Hans', ...text }];

const INITIAL = {
    defaultLanguage: 'zh_Hans',
    defaultZone: '中国',
    countries: [{ code: 'CN', name: '中国', zone: '中国' }],
    taxRates: [{ name: '标准税率', percentage: 13 }],
    shippingMethods: [{ name: '快递', price: 600 }],
    paymentMethods: [{ name: '收银台', handler: { code: 'cash-desk', arguments: [] } }],
    collections: [],
};

class Admin {
    constructor(url) {
        this.url = url;
        this.headers = { 'content-type': 'application/json' };
    }

    async ask(query, variables) {
        const body = JSON.stringify({ query, variables });
        const answer = await fetch(this.url, { method: 'POST', headers: this.headers, body });
        const { data, errors } = await answer.json();
        if (errors) throw new Error(JSON.stringify(errors));
        const [only] = Object.values(data);
        if (only.errorCode) throw new Error(JSON.stringify(only));
        const token = answer.headers.get('vendure-auth-token');
        if (token) this.headers.authorization = `Bearer ${token}`;
        return only;
    }
}

async function settings(admin) {
    await admin.ask(`mutation ($identifier: String!, $password: String!) {
        login(username: $identifier, password: $password) { __typename
        ... on ErrorResult { errorCode message } } }`, ADMINISTRATOR);
    await admin.ask(`mutation { updateGlobalSettings(input: {
        availableLanguages: [zh_Hans, en], trackInventory: true }) { __typename
        ... on ErrorResult { errorCode message } } }`);
    await admin.ask(`mutation { updateChannel(input: { id: "1", defaultLanguageCode: zh_Hans,
        availableLanguageCodes: [zh_Hans], defaultCurrencyCode: CNY, availableCurrencyCodes: [CNY],
        pricesIncludeTax: true }) { __typename ... on ErrorResult { errorCode message } } }`);
}

async function places(admin) {
    const { items: [first] } = await admin.ask('{ stockLocations { items { id } } }');
    const { warehouse, store } = merchant.places;
    await admin.ask(`mutation ($input: UpdateStockLocationInput!) { updateStockLocation(input: $input)
        { id } }`, { input: { id: first.id, name: warehouse } });
    const second = await admin.ask(`mutation ($input: CreateStockLocationInput!) {
        createStockLocation(input: $input) { id } }`, { input: { name: store } });
    return { warehouse: first.id, store: second.id };
}

async function options(admin, productId, wanted) {
    let variants = [[]];
    for (const [name, values] of Object.entries(wanted)) {
        const group = await admin.ask(`mutation ($input: CreateProductOptionGroupInput!) {
            createProductOptionGroup(input: $input) { id options { id code } } }`, {
            input: {
                code: `${productId}-${name}`,
                translations: zh({ name }),
                options: values.map(value => ({ code: value, translations: zh({ name: value }) })),
            },
        });
        await admin.ask(`mutation ($product: ID!, $group: ID!) { addOptionGroupToProduct(
            productId: $product, optionGroupId: $group) { id } }`,
        { product: productId, group: group.id });
        variants = variants.flatMap(chosen => values.map(value =>
            [...chosen, { value, id: group.options.find(each => each.code === value).id }]));
    }
    return variants;
}

async function product(admin, at, made) {
    const { id } = await admin.ask(`mutation ($input: CreateProductInput!) { createProduct(input: $input)
        { id } }`, {
        input: { enabled: made.enabled !== false, translations: zh({ name: made.name, slug: made.slug, description: '' }) },
    });
    const variants = await options(admin, id, made.options);
    await admin.ask(`mutation ($input: [CreateProductVariantInput!]!) {
        createProductVariants(input: $input) { id } }`, {
        input: variants.map(chosen => ({
            productId: id,
            sku: [made.slug, ...chosen.map(each => each.value)].join('-'),
            price: made.price,
            optionIds: chosen.map(each => each.id),
            trackInventory: made.uncounted ? 'FALSE' : 'INHERIT',
            translations: zh({ name: [made.name, ...chosen.map(each => each.value)].join(' ') }),
            stockLevels: Object.entries(at).map(([place, stockLocationId]) =>
                ({ stockLocationId, stockOnHand: made[place] ?? 0 })),
        })),
    });
}

async function people(admin) {
    const groups = {};
    for (const name of merchant.groups) {
        const group = await admin.ask(`mutation ($input: CreateCustomerGroupInput!) {
            createCustomerGroup(input: $input) { id } }`, { input: { name } });
        groups[name] = group.id;
    }
    for (const { groups: names, password, ...input } of merchant.customers) {
        const { id } = await admin.ask(`mutation ($input: CreateCustomerInput!, $password: String!) {
            createCustomer(input: $input, password: $password) { ... on Customer { id }
            ... on ErrorResult { errorCode message } } }`, { input, password });
        for (const name of names) {
            await admin.ask(`mutation ($group: ID!, $ids: [ID!]!) { addCustomersToGroup(
                customerGroupId: $group, customerIds: $ids) { id } }`, { group: groups[name], ids: [id] });
        }
    }
}

async function coupon(admin, { code, name, threshold, value }) {
    await admin.ask(`mutation ($input: CreatePromotionInput!) { createPromotion(input: $input) {
        __typename ... on ErrorResult { errorCode message } } }`, {
        input: {
            enabled: true,
            couponCode: code,
            translations: zh({ name }),
            conditions: [{ code: 'minimum_order_amount', arguments: [
                { name: 'amount', value: String(threshold) }, { name: 'taxInclusive', value: 'true' }] }],
            actions: [{ code: 'order_fixed_discount', arguments: [
                { name: 'discount', value: String(value) }] }],
        },
    });
}

async function main([file]) {
    const app = await bootstrap(config({ port: 0, file, synchronize: true }));
    const admin = new Admin(`http://127.0.0.1:${app.getHttpServer().address().port}/admin-api`);
    await settings(admin);
    await populateInitialData(app, INITIAL);
    const at = await places(admin);
    for (const each of merchant.products) await product(admin, at, each);
    await people(admin);
    for (const each of merchant.coupons) await coupon(admin, each);
    const { apiKey } = await admin.ask(`mutation { createApiKey(input: { roleIds: ["1"],
        translations: [{ languageCode: zh_Hans, name: "掌柜" }] }) { apiKey } }`);
    await app.get(TransactionalConnection).rawConnection.driver.save();
    console.log(apiKey);
    process.exit(0);
}

main(process.argv.slice(2)).catch(error => {
    console.error(error);
    process.exit(1);
});
