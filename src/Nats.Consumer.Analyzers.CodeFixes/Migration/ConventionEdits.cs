using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Nats.Consumer.Analyzers.Migration;

/// <summary>Writes what was planned for a family.</summary>
internal sealed class ConventionEdits(SolutionEdits edits, Conventions conventions)
{
    private readonly Aliases _aliases = new();

    /// <summary>To be called when all are moved.</summary>
    public void Finish() => _aliases.RemoveUnused(edits);

    public void Move(ConventionFamily family, IReadOnlyList<PlannedHandle> plan, CancellationToken cancellationToken)
    {
        HashSet<SyntaxNode> dropped = [.. family.Classes.SelectMany(moved => moved.Calls).SelectMany(call => call.Arguments)];
        foreach (var handle in plan.Where(handle => !handle.IsForwarded))
            Mark(handle, dropped, cancellationToken);
        foreach (var forwarded in plan.Where(handle => handle.IsForwarded).GroupBy(handle => ConventionFamily.KeyOf(handle.On)))
            AddMethods([.. forwarded], cancellationToken);
        foreach (var moved in family.Classes)
        {
            foreach (var declaration in Declarations(moved.Type, cancellationToken))
            {
                if (moved.IsDirect)
                    ChangeBase(declaration);
            }
            foreach (var call in moved.Calls)
                DropList(moved, call);
            if (moved.Fallback is { } fallback)
                TextualReasonFix.Rewrite(edits, fallback, conventions.ModelOf(fallback.Reason.SyntaxTree));
        }
    }

    private static IEnumerable<TypeDeclarationSyntax> Declarations(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellationToken)).OfType<TypeDeclarationSyntax>();

    private void Mark(PlannedHandle handle, HashSet<SyntaxNode> dropped, CancellationToken cancellationToken)
    {
        var method = (MethodDeclarationSyntax)handle.Method.DeclaringSyntaxReferences[0].GetSyntax(cancellationToken);
        var start = method.GetFirstToken().SpanStart;
        var separator = Separator(method, start);
        var comments = separator == " " ? [] : handle.Subjects.Where(subject => subject.Syntax.Ancestors().Any(dropped.Contains)).SelectMany(subject => CommentsOn(subject.Syntax)).Select(comment => $"{comment}{separator}");
        edits.Insert(method.SyntaxTree, start, $"{string.Concat(comments)}[{Attribute(handle, method.SyntaxTree, start)}]{separator}");
    }

    /// <summary>What people wrote about a subject in a list that goes: above it, or behind it on its line.</summary>
    private static IEnumerable<SyntaxTrivia> CommentsOn(ExpressionSyntax subject)
    {
        var next = subject.GetLastToken().GetNextToken();
        return subject.GetLeadingTrivia().Concat(subject.GetTrailingTrivia()).Concat(next.IsKind(SyntaxKind.CommaToken) ? next.TrailingTrivia : default).Where(Trivia.IsComment);
    }

    /// <summary>A line of its own, unless the method stands behind something else.</summary>
    private static string Separator(SyntaxNode node, int start)
    {
        var line = node.SyntaxTree.GetText().Lines.GetLineFromPosition(start);
        var before = line.ToString().Substring(0, start - line.Start);
        return before.Trim().Length > 0 ? " " : LineBreaks.Of(node) + before;
    }

    private string Attribute(PlannedHandle handle, SyntaxTree tree, int position)
    {
        var model = conventions.ModelOf(tree);
        return $"{Scope.NameOf("Handle", model, position, "Attribute")}({string.Join(", ", handle.Subjects.Select(subject => Argument(subject, tree, position, model)))})";
    }

    /// <summary>The expression as it was written, where it means the same; else the text.</summary>
    private string Argument(ListedSubject subject, SyntaxTree tree, int position, SemanticModel? model)
    {
        if (subject.Syntax is LiteralExpressionSyntax)
            return subject.Syntax.ToString();
        var isSame = subject.Syntax.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Where(name => name.Parent is not MemberAccessExpressionSyntax access || access.Expression == name).All(name =>
            model?.GetSpeculativeSymbolInfo(position, name, SpeculativeBindingOption.BindAsExpression).Symbol is { } found
            && conventions.ModelOf(subject.Syntax.SyntaxTree)?.GetSymbolInfo(name).Symbol?.ToDisplayString() == found.ToDisplayString());
        return isSame ? subject.Syntax.ToString() : SymbolDisplay.FormatLiteral(subject.Text, quote: true);
    }

    /// <summary>Methods that call what is inherited: an attribute there would count for all that inherit it.</summary>
    private void AddMethods(List<PlannedHandle> handles, CancellationToken cancellationToken)
    {
        var declaration = Declarations(handles[0].On, cancellationToken).First(part => part.BaseList is not null);
        var lineBreak = LineBreaks.Of(declaration);
        var indentation = Indentation.Of(declaration);
        var taken = new HashSet<string>();
        var methods = handles.Select(handle => Method(handle, declaration, taken, lineBreak + Indentation.Within(indentation)));
        var text = string.Join(lineBreak, methods);
        if (declaration.OpenBraceToken.IsKind(SyntaxKind.None))
            edits.Replace(declaration.SyntaxTree, declaration.SemicolonToken.Span, $"{lineBreak}{indentation}{{{text}{lineBreak}{indentation}}}");
        else
            AddTo(declaration, text, lineBreak, indentation);
    }

    private void AddTo(TypeDeclarationSyntax declaration, string text, string lineBreak, string indentation)
    {
        // What goes leaves no blank line behind.
        var stays = declaration.Members.Where(member => member is not ConstructorDeclarationSyntax constructor || !IsEmpty(constructor, [])).ToList();
        var end = declaration.CloseBraceToken;
        var isOnOneLine = declaration.SyntaxTree.GetText().Lines.GetLineFromPosition(end.SpanStart).Start < declaration.OpenBraceToken.SpanStart;
        if (isOnOneLine)
            edits.Insert(declaration.SyntaxTree, end.SpanStart, $"{text}{lineBreak}{indentation}");
        else
            edits.Insert(declaration.SyntaxTree, end.SpanStart - indentation.Length, $"{(stays.Count > 0 ? lineBreak : "")}{text.Substring(lineBreak.Length)}{lineBreak}");
    }

    private string Method(PlannedHandle handle, TypeDeclarationSyntax declaration, HashSet<string> taken, string newLine)
    {
        var position = declaration.BaseList!.SpanStart;
        var model = conventions.ModelOf(declaration.SyntaxTree);
        var stem = ModernNames.Of(handle.Method.Name);
        var name = stem;
        for (var number = 2; ModernNames.IsTaken(name, handle.On) || !taken.Add(name); number++)
            name = $"{stem.Substring(0, stem.Length - "Async".Length)}{number}Async";
        var parameters = handle.Method.Parameters.Select(parameter => $"{Shown(parameter.Type)} {Names.Escaped(parameter.Name)}");
        var arguments = handle.Method.Parameters.Select(parameter => Names.Escaped(parameter.Name));
        return $"{newLine}[{Attribute(handle, declaration.SyntaxTree, position)}]"
            + $"{newLine}public {Shown(handle.Method.ReturnType)} {name}({string.Join(", ", parameters)}) => {handle.Method.Name}({string.Join(", ", arguments)});";

        string Shown(ITypeSymbol type) => model is null ? type.ToDisplayString() : type.ToMinimalDisplayString(model, position);
    }

    private void ChangeBase(TypeDeclarationSyntax declaration)
    {
        var model = conventions.ModelOf(declaration.SyntaxTree);
        foreach (var type in declaration.BaseList?.Types.Select(type => type.Type) ?? [])
        {
            if (!ConventionReader.IsRoot(model?.GetSymbolInfo(type).Symbol))
                continue;
            _aliases.Replaced(type, model);
            if (type is QualifiedNameSyntax { Right: var name } || (type is AliasQualifiedNameSyntax { Name: var aliased } && (name = aliased) is not null))
                edits.Replace(type.SyntaxTree, name.Span, "ConsumerHandler");
            else
                edits.Replace(type.SyntaxTree, type.Span, Scope.NameOf("ConsumerHandler", model, type.SpanStart));
        }
    }

    private void DropList(ConventionClass moved, ConstructorCall call)
    {
        if (call.ArgumentList is not { } list)
            return;
        var gone = new HashSet<SyntaxNode>(call.Arguments);
        var isAll = list.Arguments.All(gone.Contains);
        if (call.Constructor is { } constructor)
        {
            if (isAll && IsOnly(moved, constructor) && IsEmpty(constructor, [call.Forwarded?.Name]))
            {
                edits.Remove(constructor.SyntaxTree, SpanWithBlankLine(constructor));
                return;
            }
            if (isAll)
                edits.Remove(constructor.SyntaxTree, TextSpan.FromBounds(constructor.ParameterList.Span.End, constructor.Initializer!.Span.End));
            else
                RemoveFrom(list.Arguments, gone);
            if (call.Forwarded is { } parameter)
                RemoveFrom(constructor.ParameterList.Parameters, [constructor.ParameterList.Parameters[parameter.Ordinal]]);
            return;
        }

        if (isAll)
            edits.Remove(list.SyntaxTree, list.Span);
        else
            RemoveFrom(list.Arguments, gone);
        if (list.FirstAncestorOrSelf<TypeDeclarationSyntax>()!.ParameterList is not { } parameters)
            return;
        if (isAll && parameters.Parameters.Count == (call.Forwarded is null ? 0 : 1))
            edits.Remove(parameters.SyntaxTree, parameters.Span);
        else if (call.Forwarded is { } forwarded)
            RemoveFrom(parameters.Parameters, [parameters.Parameters[forwarded.Ordinal]]);
    }

    private static bool IsOnly(ConventionClass moved, ConstructorDeclarationSyntax constructor) =>
        moved.Type.InstanceConstructors.Length == 1 && constructor.AttributeLists.Count == 0 && (constructor.Modifiers.Any(SyntaxKind.PublicKeyword) || (moved.Type.IsAbstract && constructor.Modifiers.Any(SyntaxKind.ProtectedKeyword)));

    /// <summary>Whether nothing is left of a constructor without its list.</summary>
    private static bool IsEmpty(ConstructorDeclarationSyntax constructor, string?[] dropped) =>
        constructor.ParameterList.Parameters.All(parameter => dropped.Contains(parameter.Identifier.ValueText))
        && constructor.Body is { } body
        && body.Statements.All(ValidationCalls.IsCall)
        && !constructor.DescendantTrivia().Any(trivia => trivia.IsDirective || (Trivia.IsComment(trivia) && constructor.Initializer?.Span.Contains(trivia.Span) != true));

    /// <summary>Elements of a list, with the commas that they need no more.</summary>
    private void RemoveFrom<T>(SeparatedSyntaxList<T> list, HashSet<SyntaxNode> gone)
        where T : SyntaxNode
    {
        foreach (var element in list.Where(gone.Contains))
        {
            var index = list.IndexOf(element);
            var start = index > 0 ? list.GetSeparator(index - 1).SpanStart : element.SpanStart;
            var end = index > 0 || list.Count == 1 ? element.Span.End : list[1].SpanStart;
            edits.Remove(element.SyntaxTree, TextSpan.FromBounds(start, end));
        }
    }

    /// <summary>The first member takes the blank line behind it along, another one that before it.</summary>
    private static TextSpan SpanWithBlankLine(MemberDeclarationSyntax member)
    {
        var next = member.GetLastToken().GetNextToken();
        var isFirst = member.Parent is TypeDeclarationSyntax type && type.Members[0] == member;
        var blank = isFirst && !next.IsKind(SyntaxKind.CloseBraceToken) ? next.LeadingTrivia.TakeWhile(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)).Sum(trivia => trivia.FullSpan.Length) : 0;
        return new TextSpan(member.FullSpan.Start, member.FullSpan.Length + blank);
    }
}
