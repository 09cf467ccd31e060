//! How much text the facts engine reads in a second, in both languages; 20 MB a minute is 333 kB a second.

use chiedi::facts;
use chiedi::language::Language;
use divan::counter::BytesCount;

fn main() {
    divan::main();
}

const ITALIAN: &str = "Il gruppo, che ha sede a Lione e circa 2.000 dipendenti, investirà 1,3 miliardi di euro entro il 2027 \
    e conta di vendere più di 300 mila veicoli l'anno. Secondo il presidente Carlo Verri la produzione crescerà del 12,5%, \
    mentre i costi dovrebbero calare di un terzo nei prossimi tre anni. La prima linea, lunga 450 metri, sarà pronta il 15 marzo.\n";

const ENGLISH: &str = "The group, based in Lyon with about 2,000 employees, will invest $1.3 billion by 2027 and expects to sell \
    more than 300,000 vehicles a year. According to its chairman Carl Verry output will grow by 12.5 percent, while costs should \
    fall by a third over the next three years. The first line, 450 metres long, will be ready on 15 March.\n";

#[divan::bench(args = [Language::It, Language::En])]
fn text(bencher: divan::Bencher<'_, '_>, language: Language) {
    let text = match language {
        Language::It => ITALIAN,
        Language::En => ENGLISH,
    }
    .repeat(100);
    bencher.counter(BytesCount::of_str(&text)).bench(|| facts::find(divan::black_box(&text), language, None));
}
