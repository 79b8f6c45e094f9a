package io.streamforge.testing.arango;

import io.streamforge.testing.arango.AqlLexer.Kind;
import io.streamforge.testing.arango.AqlLexer.Token;
import io.streamforge.testing.arango.AqlQuery.Clause;
import io.streamforge.testing.arango.AqlQuery.SortKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Parses the part of AQL that StreamForge uses: FOR over a collection or an array, LET, FILTER, SORT, LIMIT, COLLECT WITH COUNT
 * INTO, RETURN, and INSERT, UPDATE, REPLACE, REMOVE, UPSERT with OPTIONS. Anything else is a syntax error.
 */
final class AqlParser extends AqlExpressions {

    private final Set<String> variables = new HashSet<>();

    private AqlParser(String query, AqlBinds binds) {
        super(query, binds);
    }

    static AqlQuery parse(String query, AqlBinds binds) {
        if (query.isBlank()) {
            throw new ArangoFailure(ErrorCode.QUERY_EMPTY);
        }
        AqlQuery parsed = new AqlParser(query, binds).query();
        binds.requireAllUsed();
        return parsed;
    }

    private AqlQuery query() {
        List<Clause> clauses = new ArrayList<>();
        while (peek().kind() != Kind.END) {
            if (accept("RETURN")) {
                Expression result = expression();
                if (peek().kind() != Kind.END) {
                    throw unexpected("expecting the end of the query");
                }
                return new AqlQuery(clauses, result);
            }
            clauses.add(clause());
        }
        if (clauses.isEmpty() || !(clauses.get(clauses.size() - 1) instanceof Clause.Modify)) {
            throw unexpected("a query ends with RETURN or a data-modification operation");
        }
        return new AqlQuery(clauses, null);
    }

    private Clause clause() {
        Token token = take();
        if (token.is("FOR")) {
            return forLoop();
        } else if (token.is("LET")) {
            String name = declare(name());
            expect("=");
            return new Clause.Let(name, expression());
        } else if (token.is("FILTER")) {
            return new Clause.Filter(expression());
        } else if (token.is("SORT")) {
            return sort();
        } else if (token.is("LIMIT")) {
            Expression first = expression();
            return accept(",")
                    ? new Clause.Limit(first, expression())
                    : new Clause.Limit(new Expression.Constant(AqlQuery.ZERO), first);
        } else if (token.is("COLLECT")) {
            expect("WITH");
            expect("COUNT");
            expect("INTO");
            return new Clause.Count(declare(name()));
        }
        return modify(token);
    }

    private Clause forLoop() {
        String variable = name();
        expect("IN");
        Token source = peek();
        boolean plain = source.kind() == Kind.NAME || source.kind() == Kind.QUOTED_NAME;
        if (source.kind() == Kind.COLLECTION || (plain && !variables.contains(source.text()))) {
            String collection = collection();
            return new Clause.ForDocuments(declare(variable), collection);
        }
        Expression list = expression();
        return new Clause.ForItems(declare(variable), list);
    }

    private Clause sort() {
        List<SortKey> keys = new ArrayList<>();
        do {
            Expression key = expression();
            boolean descending = accept("DESC");
            if (!descending) {
                accept("ASC");
            }
            keys.add(new SortKey(key, descending));
        } while (accept(","));
        return new Clause.Sort(keys);
    }

    private Clause modify(Token operation) {
        if (operation.is("INSERT")) {
            Expression document = document();
            return new Clause.Insert(document, target(), options());
        } else if (operation.is("REMOVE")) {
            Expression selector = document();
            return new Clause.Remove(selector, target(), options());
        } else if (operation.is("UPDATE") || operation.is("REPLACE")) {
            Expression first = document();
            Expression second = accept("WITH") ? document() : first;
            return new Clause.Change(operation.is("REPLACE"), first, second, target(), options());
        } else if (operation.is("UPSERT")) {
            Expression example = document();
            expect("INSERT");
            Expression insert = document();
            boolean replace = accept("REPLACE");
            if (!replace) {
                expect("UPDATE");
            }
            variables.add("OLD");
            Expression change = document();
            return new Clause.Upsert(example, insert, replace, change, target(), options());
        }
        throw new ArangoFailure(
                ErrorCode.QUERY_PARSE, "unexpected '%s' at position %d".formatted(operation.text(), operation.at()));
    }

    private String target() {
        if (!accept("INTO")) {
            expect("IN");
        }
        variables.add("NEW");
        variables.add("OLD");
        return collection();
    }

    private Expression options() {
        return accept("OPTIONS") ? object() : new Expression.Constant(Reply.object());
    }

    private String collection() {
        if (peek().kind() == Kind.COLLECTION) {
            return binds().collection(take().text());
        }
        return name();
    }

    private String declare(String variable) {
        variables.add(variable);
        return variable;
    }
}
