//! Each question of a batch asked of each article.

use std::path::Path;

use super::input::{Asked, Input, Questions, Wanted};
use crate::corpus::ArticleInfo;
use crate::error::{Error, Result};

/// The columns of a table of answers before those of the questions.
const ARTICLE_COLUMNS: [&str; 4] = ["article", "title", "source", "date"];

/// Articles and the questions that are asked of each: article by article, in the order of the questions.
#[derive(Clone)]
pub struct Matrix {
    articles: Vec<ArticleInfo>,
    questions: Vec<Asked>,
}

impl Matrix {
    /// Reads all questions of `input`.
    ///
    /// # Errors
    /// A question that cannot be read, or that is of one article: each has to be asked of every one.
    pub fn new(articles: Vec<ArticleInfo>, input: Input) -> Result<Self> {
        let checked = |asked: Asked| askable(asked, &input.path);
        let questions = input.questions.map(checked).collect::<Result<_>>()?;
        Ok(Self { articles, questions })
    }

    /// How often something is asked.
    pub fn len(&self) -> usize {
        self.articles.len() * self.questions.len()
    }

    /// How many questions each article is asked.
    pub fn questions(&self) -> usize {
        self.questions.len()
    }

    /// All that is asked.
    pub fn pairs(&self) -> Questions {
        let matrix = self.clone();
        Box::new((0..self.len()).map(move |place| {
            let question = matrix.questions[place % matrix.questions()].clone();
            let wanted = question.wanted.map(|wanted| Wanted { article: Some(matrix.article(place).into()), ..wanted });
            Asked { wanted, ..question }
        }))
    }

    /// The id of the article that the question at `place` is asked of.
    pub fn article(&self, place: usize) -> &str {
        &self.articles[place / self.questions()].id
    }

    /// The first row of the table of answers: what is known of an article, and each question.
    pub fn header(&self) -> Vec<String> {
        let questions = self.questions.iter().map(|asked| asked.question.clone());
        ARTICLE_COLUMNS.map(str::to_string).into_iter().chain(questions).collect()
    }

    /// The row of the article with this number, with its answer to each question.
    pub fn row(&self, article: usize, answers: &[String]) -> Vec<String> {
        let info = &self.articles[article];
        let known =
            [Some(info.id.clone()), info.title.clone(), info.source.clone(), info.published.map(|day| day.to_string())];
        known.into_iter().map(Option::unwrap_or_default).chain(answers.iter().cloned()).collect()
    }
}

fn askable(asked: Asked, path: &Path) -> Result<Asked> {
    let wrong = |cause: String| Error::Input { path: path.to_path_buf(), line: asked.line, cause };
    match &asked.wanted {
        Err(cause) => Err(wrong(cause.clone())),
        Ok(Wanted { article: Some(article), .. }) => {
            Err(wrong(format!("--per-article asks each question of every article, this one only of {article:?}")))
        }
        Ok(_) => Ok(asked),
    }
}
