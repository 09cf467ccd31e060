//! Addresses that lead to the very words: text fragments (`#:~:text=`, of the Web Incubator Community Group).

/// The words before and after that tell a place from others of the same words.
const CONTEXT: usize = 3;

/// What is longer than this, in bytes, is given by its first and last words.
const LONGEST: usize = 120;

/// How many words stand for the beginning, and for the end, of what is long.
const ENDS: usize = 4;

/// What comes between an address and the words.
const DIRECTIVE: &str = ":~:text=";

/// `url`, leading to the bytes `start..end` of `quote`, whole words of it, on that page.
pub fn text_fragment(url: &str, quote: &str, start: usize, end: usize) -> String {
    let before = quote.get(..start).unwrap_or_default();
    let start =
        before.rfind(char::is_whitespace).map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let after = quote.get(end..).unwrap_or_default();
    let end = after.find(char::is_whitespace).map_or(quote.len(), |at| end + at);
    let words: Vec<&str> = quote.get(start..end).unwrap_or_default().split_whitespace().collect();
    let mut text = String::new();
    let context_before: Vec<&str> = last_line(&quote[..start]).split_whitespace().collect();
    if !context_before.is_empty() {
        text.push_str(&encoded(&context_before[context_before.len().saturating_sub(CONTEXT)..]));
        text.push_str("-,");
    }
    if end - start > LONGEST && words.len() >= 2 * ENDS {
        text.push_str(&encoded(&words[..ENDS]));
        text.push(',');
        text.push_str(&encoded(&words[words.len() - ENDS..]));
    } else {
        text.push_str(&encoded(&words));
    }
    let context_after: Vec<&str> = first_line(&quote[end..]).split_whitespace().take(CONTEXT).collect();
    if !context_after.is_empty() {
        text.push_str(",-");
        text.push_str(&encoded(&context_after));
    }
    let page = url.split(DIRECTIVE).next().unwrap_or_default();
    let mark = if page.contains('#') { "" } else { "#" };
    format!("{page}{mark}{DIRECTIVE}{text}")
}

fn last_line(text: &str) -> &str {
    text.rsplit(['\n', '\r']).next().unwrap_or_default()
}

fn first_line(text: &str) -> &str {
    text.split(['\n', '\r']).next().unwrap_or_default()
}

/// The words with single spaces, all but letters and digits in percent signs: `,`, `-` and `&` have a meaning there.
fn encoded(words: &[&str]) -> String {
    let mut text = String::new();
    for byte in words.join(" ").bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'_' | b'~' => text.push(char::from(byte)),
            _ => text.push_str(&format!("%{byte:02X}")),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words to lead to stand between `[` and `]`.
    fn check(url: &str, marked: &str, expected: &str) {
        let (before, rest) = marked.split_once('[').unwrap();
        let (words, after) = rest.split_once(']').unwrap();
        let quote = format!("{before}{words}{after}");
        assert_eq!(text_fragment(url, &quote, before.len(), before.len() + words.len()), expected);
    }

    #[test]
    fn whole_words_are_given_with_their_neighbours() {
        let url = "https://eco.example/ponte";
        check(url, "[Apre lunedì]", "https://eco.example/ponte#:~:text=Apre%20luned%C3%AC");
        check(url, "Dice il comune che l'[Eni]", "https://eco.example/ponte#:~:text=il%20comune%20che-,l%27Eni");
        check(
            url,
            "[Eni], dunque, paga tutto lui",
            "https://eco.example/ponte#:~:text=Eni%2C,-dunque%2C%20paga%20tutto",
        );
        check(url, "Prima riga.\nIl [ponte\n nuovo]\napre.", "https://eco.example/ponte#:~:text=Il-,ponte%20nuovo");
    }

    #[test]
    fn what_is_long_is_given_by_its_ends_and_an_address_keeps_its_own_fragment() {
        let long = format!("[{}fine]", "parola ".repeat(30));
        let text = "parola%20parola%20parola%20parola,parola%20parola%20parola%20fine";
        check("https://e.example/#top", &long, &format!("https://e.example/#top:~:text={text}"));
        check("https://e.example/#:~:text=x", "[a-b]", "https://e.example/#:~:text=a%2Db");
    }
}
